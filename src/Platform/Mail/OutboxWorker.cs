using ClientPortal.Platform.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Sends what is in the outbox, several mails at a time: woken by the database the moment a mail is committed, and by the clock
/// when one that had to wait is due or another host's lease ends. Any number of hosts may run it; it outlives restarts of the
/// database.
/// </summary>
internal sealed partial class OutboxWorker(ThrottlingFilter filter, MailLedger ledger, IMailTransport transport, DatabaseSignals signals, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    /// <summary>What <c>mail.enqueue</c> notifies.</summary>
    public const string Channel = "outbox";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250); // a due mail may be another host's already
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3); // in which a server that answers takes what is on its way

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var bell = signals.Subscribe(Channel);
        using var givenUp = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => givenUp.CancelAfter(Grace));
        var sending = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAsync(bell, sending, givenUp.Token, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (PostgresException e) when (e.SqlState == MailLedger.ClocksDiffer)
            {
                ClocksDiffer(e.MessageText);
            }
#pragma warning disable CA1031 // no failure may silence the mail of this host for good
            catch (Exception e)
#pragma warning restore CA1031
            {
                Paused(e);
            }

            // What is on its way goes on: a slow relay does not hold up the return after a failure.
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what was claimed is brought to its end
        await transport.RestAsync();
    }

    private async Task SendAsync(Signal bell, List<Task> sending, CancellationToken givenUp, CancellationToken stoppingToken)
    {
        var name = $"{Environment.MachineName}/{Environment.ProcessId}";
        while (!stoppingToken.IsCancellationRequested)
        {
            await DropFinishedAsync(sending);
            var free = transport.Connections - sending.Count;
            if (free < Math.Max(1, transport.Connections / 4)) // several at a time: each claim is a commit
            {
                await Task.WhenAny(sending);
                continue;
            }

            await ledger.SweepAsync();
            var mails = await filter.ClaimAsync(name, free);
            sending.AddRange((mails ?? []).Select(mail => Task.Run(() => SendAsync(mail, bell, givenUp), CancellationToken.None)));
            if (mails is { Count: 0 })
            {
                await WaitAsync(bell, sending, stoppingToken);
            }
        }
    }

    private async Task SendAsync(ClaimedMail mail, Signal bell, CancellationToken givenUp)
    {
        try
        {
            await filter.SendAsync(mail, givenUp);
        }
        finally
        {
            bell.Raise(); // it may be due again soon
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

    // Until the bell, or until the next mail is due or a lease ends.
    private async Task WaitAsync(Signal bell, List<Task> sending, CancellationToken stoppingToken)
    {
        var untilDue = await ledger.UntilDueAsync(stoppingToken) ?? LongestWait;
        if (sending.Count == 0)
        {
            await transport.RestAsync();
        }

        await bell.WaitAsync(TimeSpan.FromTicks(Math.Clamp(untilDue.Ticks, ShortestWait.Ticks, LongestWait.Ticks)), stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending mail pauses for a moment")]
    private partial void Paused(Exception exception);

    // An error, because it does not end by itself: one of the clocks has to be set right.
    [LoggerMessage(Level = LogLevel.Error, Message = "No mail leaves from here while {Difference}")]
    private partial void ClocksDiffer(string difference);
}
