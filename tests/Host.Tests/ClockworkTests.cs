using System.Collections.Concurrent;
using ClientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ClientPortal.Host.Tests;

/// <summary>The clock that all hosts of a database share. What its jobs do is replaced by what shows that they were run.</summary>
[Collection(nameof(PortalFixture))]
public sealed class ClockworkTests(PortalFixture fixture)
{
    [Fact]
    public async Task Of_two_hosts_one_runs_each_firing()
    {
        await using var one = await fixture.StartPortalAsync();
        await Eventually.TrueAsync(() => one.Database.ScalarAsync<bool>("select times_triggered = 1 and not exists (select from quartz.fired_triggers where trigger_name = 'invitations.forget') from quartz.simple_triggers where trigger_name = 'invitations.forget'")); // its own firing of today; that another waits for its time, taken already, is no matter
        await one.Database.ExecuteAsync("create table public.firing (at timestamptz default clock_timestamp())");
        await ReplaceAsync(one.Database, "invitations.forget", "insert into public.firing default values; perform pg_sleep(0.02); return 0;", owned: true);
        await one.Database.ExecuteAsync("grant usage on schema public to portal_door; grant insert on public.firing to portal_door; grant execute on function pg_sleep(float8) to portal_door");
        await EveryTenthOfASecondAsync(one, "invitations.forget");
        await using var two = await fixture.StartPortalAsync(one.Database);
        await Eventually.TrueAsync(() => one.Database.ScalarAsync<bool>("select count(*) = 2 from quartz.scheduler_state"));
        var before = await one.Database.ScalarAsync<long>("select count(*) from public.firing");
        await Eventually.TrueAsync(async () => await one.Database.ScalarAsync<long>("select count(*) from public.firing") >= before + 20);

        await (await SchedulerAsync(one)).PauseTrigger(new TriggerKey("hurry"));
        await Eventually.TrueAsync(() => one.Database.ScalarAsync<bool>("select not exists (select from quartz.fired_triggers where trigger_name = 'hurry')"));

        Assert.Equal(await one.Database.ScalarAsync<long>("select times_triggered from quartz.simple_triggers where trigger_name = 'hurry'"), await one.Database.ScalarAsync<long>("select count(*) from public.firing"));
    }

    [Fact]
    public async Task A_job_that_always_fails_harms_no_other_and_runs_again_once_it_is_mended()
    {
        await using var portal = await fixture.StartPortalAsync();
        await portal.Database.ExecuteAsync("create sequence public.failed; create sequence public.ran; create sequence public.mended"); // a rollback does not take a number back
        await ReplaceAsync(portal.Database, "mail.sweep", "perform nextval('public.failed'); raise exception 'always';");
        await ReplaceAsync(portal.Database, "invitations.expire", "perform nextval('public.ran'); return 0;");
        await EveryTenthOfASecondAsync(portal, "mail.sweep");
        await EveryTenthOfASecondAsync(portal, "invitations.expire", "other");

        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select (select last_value from public.failed) > 10 and (select last_value from public.ran) > 10"));
        await ReplaceAsync(portal.Database, "mail.sweep", "perform nextval('public.mended'); return 0;");

        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select last_value > 3 from public.mended"));
    }

    [UnixFact]
    public async Task What_a_killed_host_was_at_is_taken_up_by_another()
    {
        var database = await fixture.CreateDatabaseAsync();
        await database.ExecuteAsync("create sequence public.begun");
        await ReplaceAsync(database, "mail.sweep", "perform nextval('public.begun'); if (select last_value from public.begun) = 1 then perform pg_sleep(8); end if; return 0;", owned: true);
        await database.ExecuteAsync("grant usage, select on public.begun to portal_mail; grant usage on schema public to portal_mail; grant execute on function pg_sleep(float8) to portal_mail");
        var port = PortalFixture.FreePort();
        using (var killed = HostProcess.Start(["--environment=Development"], [.. fixture.SettingsOf(database, port)]))
        {
            await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select is_called from public.begun"));
            await killed.KillAsync();
        }

        await using var other = await fixture.StartPortalAsync(database);

        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select last_value >= 2 from public.begun"));
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select count(*) = 1 from quartz.scheduler_state"));
    }

    [Fact]
    public async Task JOB_09_a_job_of_another_version_is_left_to_its_hosts()
    {
        await using var portal = await fixture.StartPortalAsync();
        await portal.Database.ExecuteAsync("insert into quartz.job_details select sched_name, 'later.job', job_group, description, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery, job_data from quartz.job_details where job_name = 'mail.sweep'");
        var runs = new Runs();
        (await SchedulerAsync(portal)).ListenerManager.AddJobListener(runs, [Matchers.Key(new JobKey("later.job"))]);
        await EveryTenthOfASecondAsync(portal, "later.job");

        await Eventually.TrueAsync(() => Task.FromResult(runs.Ends.Count > 5));

        Assert.All(runs.Ends, Assert.Null);
        Assert.Equal(0L, await portal.Database.ScalarAsync<long>("select count(*) from quartz.triggers where trigger_state = 'ERROR'"));
        // What the schedule names is loaded by the hosts of every version: one that cannot puts the job out of action for all of them.
        Assert.Equal(["ClientPortal.Platform.Clockwork.RunScheduledJob, ClientPortal.Platform"], await portal.Database.ScalarAsync<string[]>("select array_agg(distinct job_class_name) from quartz.job_details"));
    }

    [Fact]
    public async Task A_host_that_starts_anew_neither_repeats_what_is_done_nor_forgets_what_was_missed()
    {
        var database = await fixture.CreateDatabaseAsync();
        await database.ExecuteAsync("create sequence public.forgot");
        await ReplaceAsync(database, "invitations.forget", "perform nextval('public.forgot'); return 0;", owned: true);
        await database.ExecuteAsync("grant usage, select on public.forgot to portal_door; grant usage on schema public to portal_door");
        await using (await fixture.StartPortalAsync(database))
        {
            await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select is_called from public.forgot"));
        }

        await using (var again = await fixture.StartPortalAsync(database))
        {
            var next = await (await SchedulerAsync(again)).GetTrigger(new TriggerKey("invitations.forget"));
            Assert.InRange(next!.NextFireTimeUtc!.Value, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(24)); // a day after the first
            Assert.Equal(1L, await database.ScalarAsync<long>("select last_value from public.forgot"));
        }

        await database.ExecuteAsync("update quartz.triggers set next_fire_time = next_fire_time - 2 * 864000000000, prev_fire_time = prev_fire_time - 2 * 864000000000, start_time = start_time - 2 * 864000000000 where trigger_name = 'invitations.forget'"); // two days pass

        await using var later = await fixture.StartPortalAsync(database);
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select last_value = 2 from public.forgot"));
    }

    private static async Task EveryTenthOfASecondAsync(TestPortal portal, string job, string trigger = "hurry") =>
        await (await SchedulerAsync(portal)).ScheduleJob(TriggerBuilder.Create().WithIdentity(trigger).ForJob(job).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromSeconds(0.1)).RepeatForever()).Build());

    private static async Task<IScheduler> SchedulerAsync(TestPortal portal) => await portal.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

    /// <summary>With what each run of a job ended.</summary>
    private sealed class Runs : IJobListener
    {
        public string Name => "runs";

        public ConcurrentQueue<JobExecutionException?> Ends { get; } = [];

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
        {
            Ends.Enqueue(jobException);
            return ValueTask.CompletedTask;
        }
    }

    // Owned by the superuser, so that it may write what shows that it ran; by its own owner where a host is to start with it.
    private static Task ReplaceAsync(TestDatabase database, string function, string body, bool owned = false) => database.ExecuteAsync(
        $"create or replace function {function}() returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$ begin {body} end $$" + (owned ? "" : $"; alter function {function}() owner to postgres"));
}
