using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>A host is killed, or frozen for longer than its lease, at each step of a send. Another takes over; the first, when it thaws, keeps still.</summary>
[Collection(nameof(PortalFixture))]
public sealed class StepTests(PortalFixture fixture)
{
    [Fact]
    public Task JOB_01_At_whichever_step_a_sender_dies_or_freezes_it_arrives_or_visibly_fails_and_the_wire_keeps_its_limits() => Task.WhenAll(
        HoldAsync("claimed", scene => scene.HoldTextsAsync(), ClaimedAsync),
        HoldAsync("connected", scene => StallAsync(scene, 0), ClaimedAsync),
        HoldAsync("envelope", scene => StallAsync(scene, 60), ClaimedAsync),
        HoldAsync("text", scene => StallAsync(scene, 700), ClaimedAsync),
        HoldAsync("sent", SilenceAsync, ArrivedAsync),
        HoldAsync("answered", SlowLedgerAsync, ArrivedAsync),
        HoldAsync("committing", SlowCommitAsync, ArrivedAsync));

    private async Task HoldAsync(string step, Func<MailScene, Task<Func<Task>>> hold, Func<MailScene, string, Task> held)
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        foreach (var signal in new[] { "KILL", "STOP" })
        {
            var address = $"{step}.{signal}@example.com";
            await scene.QueueAsync(address);
            var release = await hold(scene);
            var host = scene.StartHost();
            await held(scene, address);

            await host.SignalAsync(signal);
            var lost = await scene.UnderWayAsync(address); // none, where a machine was too busy to stop it in time: it had given up by itself
            await release();
            var other = scene.StartHost();
            await Eventually.TrueAsync(async () =>
            {
                await scene.Database.ExecuteAsync("select mail.sweep()");
                return await scene.StateAsync(address) is "SENT" or "FAILED";
            });
            if (signal == "STOP")
            {
                await host.SignalAsync("CONT"); // and now it finds out that the mail is no longer its own
                await scene.QueueAsync($"after.{address}");
                await scene.Sink.WaitForAsync(m => m.To[0] == $"after.{address}");
                await scene.SettledAsync();
            }

            await other.KillAsync();
            await scene.Sink.CaughtUpAsync();
            var mails = scene.Sink.Mails;
            // Given up only when nobody knows twice what became of it, as on a machine too busy to freeze it in time; then staff see it.
            Assert.True(mails.Any(m => m.To[0] == address && m.Fault is null)
                || await scene.Database.ScalarAsync<bool>("select unknown_outcomes = 2 and last_error is not null from mail.outbox where to_address = $1", address), step);
            Assert.Empty(Wire.Violations(Limits.Scaled, mails));
            Wire.AssertAtMostTwoCopies(mails);
            if (step is "claimed" or "connected" or "envelope")
            {
                await scene.AssertLostAsync(address, lost);
            }
        }
    }

    private static Task ClaimedAsync(MailScene scene, string address) =>
        Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.outbox where to_address = $1 and state = 'SENDING')", address));

    private static Task ArrivedAsync(MailScene scene, string address) => scene.Sink.WaitForAsync(m => m.To[0] == address);

    private static Task<Func<Task>> StallAsync(MailScene scene, int bytes)
    {
        scene.ToSink.StallAfter(bytes);
        return Task.FromResult<Func<Task>>(() =>
        {
            scene.ToSink.Mend();
            return Task.CompletedTask;
        });
    }

    private static async Task<Func<Task>> SilenceAsync(MailScene scene)
    {
        await scene.Sink.MisbehaveAsync(new { never = 1 });
        return () => scene.Sink.MisbehaveAsync(new { });
    }

    // The server has answered, and what it said takes long to be written down.
    private static async Task<Func<Task>> SlowLedgerAsync(MailScene scene)
    {
        await scene.Database.ExecuteAsync(
            """
            create function public.hold() returns trigger language plpgsql security definer as 'begin perform pg_sleep(2.5); return new; end';
            create trigger hold before update of outcome on mail.attempt for each row execute function public.hold()
            """);
        return () => scene.Database.ExecuteAsync("drop trigger hold on mail.attempt; drop function public.hold()");
    }

    private static async Task<Func<Task>> SlowCommitAsync(MailScene scene)
    {
        await scene.Database.ExecuteAsync(
            """
            create function public.hold() returns trigger language plpgsql security definer as 'begin perform pg_sleep(2.5); return null; end';
            create constraint trigger hold after update of outcome on mail.attempt deferrable initially deferred for each row execute function public.hold()
            """);
        return () => scene.Database.ExecuteAsync("drop trigger hold on mail.attempt; drop function public.hold()");
    }
}
