using System.Threading.Channels;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Sends what is in the outbox: several senders, woken by the database the moment a mail is committed, and by the clock when
/// one that had to wait is due. Any number of hosts may run it; it outlives restarts of the database.
/// </summary>
internal sealed partial class OutboxWorker(ThrottlingFilter filter, DataSources sources, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int Senders = 4;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250); // a due mail may be another sender's already

    // One stroke wakes one sender; a sender that finds a mail strikes for the next, so a backlog soon has all of them.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(1, Senders).Select(n => PersistAsync(() => SendAsync($"{Environment.MachineName}/{Environment.ProcessId}/{n}", stoppingToken), stoppingToken))
            .Append(PersistAsync(() => ListenAndSweepAsync(stoppingToken), stoppingToken)));

    private async Task SendAsync(string name, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            while (!stoppingToken.IsCancellationRequested && await filter.SendNextAsync(name))
            {
                _bell.Writer.TryWrite(true);
            }

            await WaitAsync(stoppingToken);
        }
    }

    // Until the bell, the next mail that is due, or the next sweep.
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var untilDue = (await sources.QueryAsync(DbRole.Job, "select mail.next_due() - clock_timestamp()", r => r.IsDBNull(0) ? SweepInterval : r.GetTimeSpan(0), stoppingToken))[0];
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
        var pause = TimeSpan.FromSeconds(1);
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
                pause = time.GetElapsedTime(startedAt) > SweepInterval ? TimeSpan.FromSeconds(1) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, SweepInterval.Ticks));
                Paused(e, pause.TotalSeconds);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending mail pauses for {Seconds} s")]
    private partial void Paused(Exception exception, double seconds);
}
