using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Mail.Tests;

/// <summary>A host is killed, or frozen for longer than its lease, at each step of a send. Another takes over; the first, when it thaws, keeps still.</summary>
[Collection(nameof(PortalFixture))]
public sealed class StepTests(PortalFixture fixture)
{
    [Fact]
    public Task JOB_01_At_whichever_step_a_sender_dies_or_freezes_the_mail_arrives_and_the_wire_keeps_its_limits() => Task.WhenAll(
        // Held up while the mail is written: its text is read from the clients' tables.
        HoldAsync("claimed", scene => LockAsync(scene, "lock table clients.client in access exclusive mode"), scene => ClaimedAsync(scene)),
        HoldAsync("connected", scene => StallAsync(scene, 0), ClaimedAsync),
        HoldAsync("envelope", scene => StallAsync(scene, 60), ClaimedAsync),
        HoldAsync("text", scene => StallAsync(scene, 700), ClaimedAsync),
        HoldAsync("sent", SilenceAsync, async scene => await scene.Sink.WaitForAsync(m => m.Fault == "never")),
        HoldAsync("answered", LockAttemptsAsync, ArrivedAsync),
        HoldAsync("committing", SlowCommitAsync, ArrivedAsync));

    private async Task HoldAsync(string step, Func<MailScene, Task<Func<Task>>> hold, Func<MailScene, Task> held)
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        foreach (var signal in new[] { "KILL", "STOP" })
        {
            var address = $"{step}.{signal}@example.com";
            var release = await hold(scene);
            using var host = scene.StartHost();
            await scene.QueueAsync(address);
            await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.outbox where to_address = $1 and attempts > 0)", address), TimeSpan.FromSeconds(90));
            await held(scene);

            await host.SignalAsync(signal);
            await release();
            using var other = scene.StartHost();
            await Eventually.TrueAsync(async () =>
            {
                await scene.Database.ExecuteAsync("select mail.sweep()");
                return await scene.StateAsync(address) == "SENT";
            }, TimeSpan.FromSeconds(90));
            if (signal == "STOP")
            {
                await host.SignalAsync("CONT"); // and now it finds out that the mail is no longer its own
                await scene.QueueAsync($"after.{address}");
                await scene.Sink.WaitForAsync(m => m.To[0] == $"after.{address}", TimeSpan.FromSeconds(60));
                await scene.SettledAsync(TimeSpan.FromSeconds(60));
            }

            await other.KillAsync();
            var mails = scene.Sink.Mails;
            Assert.Contains(mails, m => m.To[0] == address && m.Fault is null);
            Assert.Empty(Wire.Violations(Limits.Scaled, mails));
            Wire.AssertAtMostTwoCopies(mails);
        }
    }

    private static Task ClaimedAsync(MailScene scene) =>
        Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.attempt where outcome is null)"));

    private static async Task ArrivedAsync(MailScene scene)
    {
        var before = await scene.CountAsync("SENT");
        await Eventually.TrueAsync(async () => scene.Sink.Mails.Count > before && await scene.CountAsync("SENDING") > 0);
    }

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

    private static async Task<Func<Task>> LockAsync(MailScene scene, string statement)
    {
        var connection = new NpgsqlConnection(scene.Database.Superuser);
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand($"begin; {statement}", connection);
        await begin.ExecuteNonQueryAsync();
        return async () => await connection.DisposeAsync();
    }

    // What became of an attempt cannot be written down while somebody holds it; new ones can be made.
    private static async Task<Func<Task>> LockAttemptsAsync(MailScene scene)
    {
        await scene.Database.ExecuteAsync(
            """
            create function public.hold() returns trigger language plpgsql security definer as 'begin perform pg_sleep(2); return new; end';
            create trigger hold before update of outcome on mail.attempt for each row execute function public.hold()
            """);
        return () => scene.Database.ExecuteAsync("drop trigger hold on mail.attempt; drop function public.hold()");
    }

    private static async Task<Func<Task>> SlowCommitAsync(MailScene scene)
    {
        await scene.Database.ExecuteAsync(
            """
            create function public.slow() returns trigger language plpgsql security definer as 'begin perform pg_sleep(2); return null; end';
            create constraint trigger slow after update of outcome on mail.attempt deferrable initially deferred for each row execute function public.slow()
            """);
        return () => scene.Database.ExecuteAsync("drop trigger slow on mail.attempt; drop function public.slow()");
    }
}
