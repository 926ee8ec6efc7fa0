using ClientPortal.Platform.Database;
using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Invitations;

/// <summary>
/// Turns calls that invite many into rows, links and queued mails: here, because links are derived with a key that the database
/// does not have. Any number of hosts do so at once, one at a time a call, each batch in one transaction, so that one that dies
/// leaves nothing half done. Calls take turns, so a small one does not wait for a large one, nor any for one that fails.
/// </summary>
internal sealed partial class BulkInvitationWorker(DataSources sources, InvitationLinks links, InvitationSending sending, DatabaseSignals signals, TimeProvider time, ILogger<BulkInvitationWorker> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2); // a batch may have failed, or another host died with a call in its hands
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = signals.Subscribe(InvitationSignals.BulkInvitation);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await InviteRoundAsync(stoppingToken) > 0)
                {
                    // The next one.
                }

                await signal.WaitAsync(LongestWait, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                Paused(e);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A batch of every open call. How many rows were settled.
    private async Task<int> InviteRoundAsync(CancellationToken cancellationToken)
    {
        var settled = 0;
        foreach (var bulk in await sources.QueryAsync(DbRole.Job, $"select invitations.open_bulks()", r => r.GetGuid(0), cancellationToken))
        {
            try
            {
                settled += await InviteBatchAsync(bulk, cancellationToken);
            }
            catch (PostgresException e)
            {
                Failed(e, bulk); // a client became internal under the batch, say: it is decided anew in the next round
            }
        }

        return settled;
    }

    private async Task<int> InviteBatchAsync(Guid bulk, CancellationToken cancellationToken)
    {
        var made = Enumerable.Range(0, BatchSize).Select(_ => links.Create()).ToList();
        return (await sources.QueryAsync(DbRole.Job, $"select invitations.invite_batch({bulk}, {made.Select(m => m.Id).ToArray()}, {made.Select(m => m.TokenHash).ToArray()}, {sending.Subject})", r => r.GetInt32(0), cancellationToken))[0];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Inviting many pauses for a second")]
    private partial void Paused(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of the call {BulkId} failed; it is tried again")]
    private partial void Failed(Exception exception, Guid bulkId);
}
