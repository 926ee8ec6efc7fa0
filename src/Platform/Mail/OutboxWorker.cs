using System.Threading.Channels;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Sends what is in the outbox, several mails at a time: woken by the database the moment a mail is committed, and by the clock
/// when one that had to wait is due. Any number of hosts may run it; it outlives restarts of the database.
/// </summary>
internal sealed partial class OutboxWorker(ThrottlingFilter filter, MailLedger ledger, IMailTransport transport, DataSources sources, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250); // a due mail may be another host's already

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        PersistAsync(() => SendAsync(stoppingToken), stoppingToken),
        PersistAsync(() => ListenAndSweepAsync(stoppingToken), stoppingToken));

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        var name = $"{Environment.MachineName}/{Environment.ProcessId}";
        var sending = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await DropFinishedAsync(sending);
                var free = transport.Connections - sending.Count;
                if (free < Math.Max(1, transport.Connections / 4)) // several at a time: each claim is a commit
                {
                    await Task.WhenAny(sending);
                    continue;
                }

                var mails = await filter.ClaimAsync(name, free);
                sending.AddRange((mails ?? []).Select(mail => Task.Run(() => SendAsync(mail), CancellationToken.None)));
                if (mails is { Count: 0 })
                {
                    await WaitAsync(sending, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(sending); // what was claimed is brought to its end
            await transport.RestAsync();
        }
    }

    private async Task SendAsync(ClaimedMail mail)
    {
        try
        {
            await filter.SendAsync(mail);
        }
        finally
        {
            _bell.Writer.TryWrite(true); // it may be due again soon
        }
    }

    private static async Task DropFinishedAsync(List<Task> sending)
    {
        foreach (var finished in sending.Where(s => s.IsCompleted).ToList())
        {
            sending.Remove(finished);
            await finished; // throws what nobody expected
        }
    }

    // Until the bell, the next mail that is due, or the next sweep.
    private async Task WaitAsync(List<Task> sending, CancellationToken stoppingToken)
    {
        var untilDue = await ledger.UntilDueAsync(stoppingToken) ?? SweepInterval;
        if (sending.Count == 0)
        {
            await transport.RestAsync();
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        waiting.CancelAfter(TimeSpan.FromTicks(Math.Clamp(untilDue.Ticks, ShortestWait.Ticks, SweepInterval.Ticks)));
        try
        {
            await _bell.Reader.ReadAsync(waiting.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // The time has come.
        }
    }

    private async Task ListenAndSweepAsync(CancellationToken stoppingToken)
    {
        await using var connection = await sources[DbRole.Job].OpenConnectionAsync(stoppingToken);
        await ExecuteAsync(connection, "listen outbox", stoppingToken);
        var sweptAt = long.MinValue;
        while (true)
        {
            if (sweptAt == long.MinValue || time.GetElapsedTime(sweptAt) >= SweepInterval)
            {
                await ExecuteAsync(connection, "select mail.sweep()", stoppingToken);
                sweptAt = time.GetTimestamp();
            }

            _bell.Writer.TryWrite(true); // also at the start: what was committed while nobody listened
            await connection.WaitAsync(SweepInterval, stoppingToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The database may be away for a while; the worker is not.
    private async Task PersistAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            var startedAt = time.GetTimestamp();
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // no failure may silence the mail of this host for good
            catch (Exception e)
#pragma warning restore CA1031
            {
                pause = time.GetElapsedTime(startedAt) > SweepInterval ? TimeSpan.FromSeconds(1) : TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, TimeSpan.TicksPerSecond, LongestPause.Ticks));
                if (e is PostgresException { SqlState: MailLedger.ClocksDiffer } clocks)
                {
                    ClocksDiffer(clocks.MessageText);
                }
                else
                {
                    Paused(e, pause.TotalSeconds);
                }

                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending mail pauses for {Seconds} s")]
    private partial void Paused(Exception exception, double seconds);

    // An error, because it does not end by itself: one of the clocks has to be set right.
    [LoggerMessage(Level = LogLevel.Error, Message = "No mail leaves from here while {Difference}")]
    private partial void ClocksDiffer(string difference);
}
