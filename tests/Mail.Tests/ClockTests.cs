using System.Diagnostics;
using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>The database's clock is set while hosts send.</summary>
[Collection(nameof(PortalFixture))]
public sealed class ClockTests(PortalFixture fixture)
{
    [Fact]
    public async Task THR_10_A_clock_set_back_and_forth_by_seconds_breaks_no_minute()
    {
        var limits = new Limits(TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10)) { Margin = TimeSpan.FromSeconds(10) };
        await using var scene = await MailScene.CreateAsync(fixture, limits);
        await Limits.MakeClockMovableAsync(scene.Database);
        await Limits.SetClockAsync(scene.Database, TimeSpan.FromSeconds(-4));
        scene.StartHost();
        await scene.QueueAsync([.. Enumerable.Range(0, 16).Select(n => $"clock{n / 2}@example.com")]);
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select count(distinct recipient_key) = 8 from mail.outbox where state = 'SENT'")); // each first mail with the clock behind; right then it is set ahead

        foreach (var seconds in Enumerable.Range(0, 10_000).Select(n => 4 - (n % 3 * 4)))
        {
            await Limits.SetClockAsync(scene.Database, TimeSpan.FromSeconds(seconds));
            await scene.Database.ExecuteAsync("notify outbox"); // the senders look at once
            if (await scene.CountAsync("SENT") == 16)
            {
                break;
            }

            await Task.Delay(300); // as long as a clock stays wrong
        }

        await scene.Sink.CaughtUpAsync();
        Assert.Equal(16, scene.Sink.Mails.Count);
        Assert.Empty(Wire.Violations(limits, scene.Sink.Mails));
    }

    [Fact]
    public async Task THR_10_A_clock_that_jumps_by_hours_stops_the_mail_and_raises_an_alert_until_it_is_set_right()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await Limits.MakeClockMovableAsync(scene.Database);
        var (host, _) = await scene.StartReadyHostAsync();
        await scene.QueueAsync([.. Enumerable.Repeat("before@example.com", 2)]);
        await scene.Sink.WaitForAsync(m => m.To[0] == "before@example.com");

        await Limits.SetClockAsync(scene.Database, TimeSpan.FromHours(13));
        await scene.QueueAsync("during@example.com");
        var watched = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => Task.FromResult(watched.Elapsed > TimeSpan.FromSeconds(6))); // three gaps
        Assert.DoesNotContain(scene.Sink.Mails, m => m.To[0] == "during@example.com");

        await Limits.SetClockAsync(scene.Database, TimeSpan.Zero);
        await scene.Database.ExecuteAsync("update mail.outbox set not_before = least(not_before, clock_timestamp() at time zone 'UTC') where state = 'QUEUED'"); // it was queued at a time that has not come
        await scene.SettledAsync();
        Assert.Empty(Wire.Violations(Limits.Scaled, scene.Sink.Mails));
        await host.SignalAsync("TERM");
        var (_, log, errors) = await host.EndAsync();
        Assert.Contains("No mail leaves from here while the clocks of the database and of the sender differ by 46", log + errors, StringComparison.Ordinal);
    }
}
