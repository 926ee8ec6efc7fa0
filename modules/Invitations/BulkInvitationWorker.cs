using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>
/// Makes the links of calls that invite many, and queues their mails: here, because links are derived with a key that the
/// database does not have. Any number of hosts do so at once, each batch in one transaction, so that one that dies leaves nothing half done.
/// </summary>
internal sealed partial class BulkInvitationWorker(DataSources sources, InvitationLinks links, InvitationSending sending, DatabaseSignals signals, TimeProvider time, ILogger<BulkInvitationWorker> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10); // another host may have died with rows in its hands
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.BulkInvitation);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await InviteBatchAsync(stoppingToken) > 0)
                {
                    // The next one.
                }

                await signal.WaitAsync(LongestWait, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The database is away, or a client became internal under a batch, which then is decided anew.
                Paused(e);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> InviteBatchAsync(CancellationToken cancellationToken)
    {
        var made = Enumerable.Range(0, BatchSize).Select(_ => links.Create()).ToList();
        return (await sources.QueryAsync(DbRole.Job, "select invitations.invite_batch($1, $2, $3)", r => r.GetInt32(0), cancellationToken,
            new NpgsqlParameter<Guid[]> { TypedValue = [.. made.Select(m => m.Id)] },
            new NpgsqlParameter<byte[][]> { TypedValue = [.. made.Select(m => m.TokenHash)] },
            new NpgsqlParameter<string> { TypedValue = sending.Subject }))[0];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Inviting many pauses for a second")]
    private partial void Paused(Exception exception);
}
