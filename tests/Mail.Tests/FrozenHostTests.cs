using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>A host stands still with all it has in its hands. What it is at is taken over when its lease ends, whatever else it holds.</summary>
[Collection(nameof(PortalFixture))]
public sealed class FrozenHostTests(PortalFixture fixture)
{
    [Fact]
    public async Task JOB_07_The_mails_of_a_host_that_stands_still_leave_though_the_clockwork_stands_still_with_it()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await Task.WhenAll(scene.StartReadyHostAsync(), scene.StartReadyHostAsync());
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select count(*) = 2 from hangfire.server"));
        // In the hands of one that stands still, as far as the others know: nothing becomes due without this lock.
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("with taken as (insert into hangfire.lock (resource, acquired) values ('hangfire:recurring-jobs:lock', now() + interval '1 day') on conflict do nothing returning 1) select exists (select from taken)"));
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select not exists (select from hangfire.jobqueue)"));
        var release = await scene.HoldTextsAsync();
        await scene.QueueAsync("somebody@example.com");
        await Eventually.TrueAsync(async () => await scene.CountAsync("SENDING") == 1);
        var (frozen, _) = await scene.SenderAsync();
        await frozen.SignalAsync("STOP");
        await release();

        // The other does not only look around now and then: it is told to wake when the lease ends.
        Assert.True(await scene.Database.ScalarAsync<bool>("select mail.next_due() = lease_until at time zone 'UTC' from mail.attempt where outcome is null"));
        await scene.Sink.WaitForAsync(m => m.To[0] == "somebody@example.com");
        Assert.True(await scene.Database.ScalarAsync<bool>("select exists (select from hangfire.lock where resource = 'hangfire:recurring-jobs:lock' and acquired > now()) and not exists (select from hangfire.jobqueue)"));
        await frozen.SignalAsync("CONT");
        await scene.QueueAsync("after@example.com");
        await scene.SettledAsync();
        Assert.Single(scene.Sink.Mails, m => m.To[0] == "somebody@example.com");
    }
}
