using System.Globalization;
using ClientPortal.Platform.Clockwork;
using ClientPortal.Testing;
using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientPortal.Host.Tests;

/// <summary>The clock that all hosts of a database share. What its jobs do is replaced by what shows that they were run.</summary>
[Collection(nameof(PortalFixture))]
public sealed class ClockworkTests(PortalFixture fixture)
{
    // Columns, constraints and indexes, without the schema's name; how ids are numbered is left out.
    private const string Shape = """
        select string_agg(line, E'\n' order by line) from (
          select format('%s.%s %s %s', c.table_name, c.column_name, c.data_type, c.is_nullable) || case when c.column_name <> 'id' then coalesce(' ' || c.column_default, '') else '' end as line from information_schema.columns c where c.table_schema = $1
          union all select replace(i.indexdef, $1 || '.', '') from pg_indexes i where i.schemaname = $1
          union all select replace(format('%s %s', k.conrelid::regclass, pg_get_constraintdef(k.oid)), $1 || '.', '') from pg_constraint k where k.connamespace = $1::regnamespace) x
        """;

    private const string Underway = "statename in ('Enqueued', 'Processing')";

    [Fact]
    public async Task Of_two_hosts_one_runs_each_firing()
    {
        await using var one = await fixture.StartPortalAsync();
        await using var two = await fixture.StartPortalAsync(one.Database);
        await one.Database.ExecuteAsync("create table public.firing (at timestamptz default clock_timestamp())");
        await ReplaceAsync(one.Database, "invitations.forget", "insert into public.firing default values; perform pg_sleep(0.02); return 0;");
        using var ofOne = Hurry(one);
        using var ofTwo = Hurry(two);
        EverySecond(one, "invitations.forget");
        await Eventually.TrueAsync(() => one.Database.ScalarAsync<bool>("select count(*) >= 8 from public.firing"));

        await RestAsync(one);

        var seconds = await one.Database.ScalarAsync<long>($"select count(distinct p.value) from ({JobsOf("hurry")}) j join hangfire.jobparameter p on p.jobid = j.id and p.name = 'Time'");
        Assert.Equal(seconds, await one.Database.ScalarAsync<long>($"select count(*) from ({JobsOf("hurry")}) j"));
        Assert.Equal(seconds, await one.Database.ScalarAsync<long>("select count(*) from public.firing"));
    }

    [Fact]
    public async Task A_job_that_always_fails_harms_no_other_and_runs_again_once_it_is_mended()
    {
        await using var portal = await fixture.StartPortalAsync();
        await portal.Database.ExecuteAsync("create sequence public.failed; create sequence public.ran; create sequence public.mended"); // a rollback does not take a number back
        await ReplaceAsync(portal.Database, "mail.sweep", "perform nextval('public.failed'); raise exception 'always';");
        await ReplaceAsync(portal.Database, "invitations.expire", "perform nextval('public.ran'); return 0;");
        using var hurry = Hurry(portal);
        EverySecond(portal, "mail.sweep");
        EverySecond(portal, "invitations.expire", "other");

        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select (select last_value from public.failed) > 5 and (select last_value from public.ran) > 5"));
        Assert.False(await portal.Database.ScalarAsync<bool>("select exists (select from hangfire.state where name = 'Scheduled')")); // not before its next time
        await ReplaceAsync(portal.Database, "mail.sweep", "perform nextval('public.mended'); return 0;");

        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select last_value > 3 from public.mended"));
        Assert.Contains("Failed to process the job", await LoggedAsync());
        await RestAsync(portal);
        // What is over is forgotten, however it ended.
        Assert.Equal(["Deleted", "Succeeded"], await portal.Database.ScalarAsync<string[]>($"select array_agg(distinct statename order by statename) from ({JobsOf("hurry")}) j where expireat <= now() + interval '1 hour'"));
        Assert.False(await portal.Database.ScalarAsync<bool>($"select exists (select from ({JobsOf("hurry")}) j where expireat is null or expireat > now() + interval '1 hour')"));
    }

    [Fact]
    public async Task A_job_that_takes_longer_than_its_interval_runs_once_at_a_time_and_leaves_the_others_their_threads()
    {
        await using var portal = await fixture.StartPortalAsync();
        await portal.Database.ExecuteAsync("create sequence public.begun; create sequence public.ran");
        await ReplaceAsync(portal.Database, "invitations.forget", "perform nextval('public.begun'); perform pg_sleep(4); return 0;");
        await ReplaceAsync(portal.Database, "accounts.forget", "perform nextval('public.ran'); return 0;");
        using var hurry = Hurry(portal);
        EverySecond(portal, "invitations.forget");
        EverySecond(portal, "accounts.forget", "other");

        await Eventually.TrueAsync(async () =>
        {
            Assert.InRange(await portal.Database.ScalarAsync<long>($"select count(*) from ({JobsOf("hurry")}) j where {Underway}"), 0, 1);
            return await portal.Database.ScalarAsync<bool>("select (select last_value from public.begun) >= 3");
        });

        Assert.InRange(await portal.Database.ScalarAsync<long>("select last_value from public.ran"), 4, long.MaxValue);
    }

    [UnixFact]
    public async Task What_a_killed_host_was_at_is_taken_up_by_another()
    {
        var database = await fixture.CreateDatabaseAsync();
        await database.ExecuteAsync("create sequence public.begun");
        await ReplaceAsync(database, "invitations.forget", "perform nextval('public.begun'); if (select last_value from public.begun) = 1 then perform pg_sleep(8); end if; return 0;", owned: true);
        await database.ExecuteAsync("grant usage, select on public.begun to portal_door; grant usage on schema public to portal_door; grant execute on function pg_sleep(float8) to portal_door");
        await ScheduleAsync(database);
        await TwoDaysPassAsync(database);
        using (var killed = HostProcess.Start(["--environment=Development"], [.. fixture.SettingsOf(database, PortalFixture.FreePort())]))
        {
            await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select is_called from public.begun"));
            await killed.KillAsync();
        }

        var job = await database.ScalarAsync<long>("select jobid from hangfire.jobqueue join hangfire.job on job.id = jobid where fetchedat is not null and arguments::text ~ 'invitations.forget'");
        await using var other = await fixture.StartPortalAsync(database);

        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select statename = 'Succeeded' from hangfire.job where id = $1", job));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from hangfire.state where jobid = $1 and name = 'Processing'", job));
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select count(*) = 1 from hangfire.server"));
    }

    [Fact]
    public async Task JOB_09_a_job_of_another_version_is_left_to_its_hosts()
    {
        await using var portal = await fixture.StartPortalAsync();
        using var hurry = Hurry(portal);
        EverySecond(portal, "later.job", "later.job");

        await using var another = await fixture.StartPortalAsync(portal.Database);
        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>($"select count(*) >= 5 from ({JobsOf("later.job")}) j where statename = 'Succeeded'"));

        Assert.False(await portal.Database.ScalarAsync<bool>("select exists (select from hangfire.hash where field = 'Error')"));
        Assert.True(await portal.Database.ScalarAsync<bool>("select score > 0 from hangfire.set where key = 'recurring-jobs' and value = 'later.job'"));
        // What the schedule names is loaded by the hosts of every version: one that cannot puts the job out of action for all of them.
        Assert.Equal(["""{"m": "RunAsync", "p": ["System.String", "System.Threading.CancellationToken, mscorlib"], "t": "ClientPortal.Platform.Clockwork.RunScheduledJob, ClientPortal.Platform"}"""],
            await portal.Database.ScalarAsync<string[]>("select array_agg(distinct (value::jsonb - 'a')::text) from hangfire.hash where field = 'Job'"));
    }

    [Fact]
    public async Task A_host_that_starts_anew_neither_repeats_what_is_done_nor_forgets_what_was_missed()
    {
        var database = await fixture.CreateDatabaseAsync();
        await database.ExecuteAsync("create sequence public.forgot");
        await ReplaceAsync(database, "invitations.forget", "perform nextval('public.forgot'); return 0;", owned: true);
        await database.ExecuteAsync("grant usage, select on public.forgot to portal_door; grant usage on schema public to portal_door");
        await ScheduleAsync(database);
        await TwoDaysPassAsync(database);
        await using (await fixture.StartPortalAsync(database))
        {
            await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select is_called from public.forgot"));
        }

        await using (var again = await fixture.StartPortalAsync(database))
        {
            using var hurry = Hurry(again);
            await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select count(*) = 2 from hangfire.server"));
            using var connection = JobStorageOf(again).GetConnection();
            var next = connection.GetRecurringJobs().Single(j => j.Id == "invitations.forget").NextExecution;
            Assert.InRange(next!.Value, DateTime.UtcNow, DateTime.UtcNow.AddDays(1));
            Assert.Equal(1L, await database.ScalarAsync<long>("select last_value from public.forgot"));
        }

        await TwoDaysPassAsync(database);
        await using var later = await fixture.StartPortalAsync(database);
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select last_value = 2 from public.forgot"));
    }

    [Fact]
    public async Task A_host_that_is_cut_off_from_PostgreSQL_goes_on_by_itself()
    {
        await using var portal = await fixture.StartPortalAsync();
        await portal.Database.ExecuteAsync("create sequence public.ran");
        await ReplaceAsync(portal.Database, "invitations.expire", "perform nextval('public.ran'); return 0;");
        using var hurry = Hurry(portal);
        EverySecond(portal, "invitations.expire");

        for (var cut = 1; cut <= 3; cut++)
        {
            var before = await portal.Database.ScalarAsync<long>("select last_value from public.ran");
            await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select last_value >= $1 from public.ran", before + 3));
            await portal.Database.ExecuteFromOutsideAsync($"alter database {portal.Database.Name} allow_connections false");
            await portal.Database.ExecuteFromOutsideAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{portal.Database.Name}'");
            await Eventually.TrueAsync(async () => (await portal.Http.GetAsync(new Uri("healthz/ready", UriKind.Relative))).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable);
            await portal.Database.ExecuteFromOutsideAsync($"alter database {portal.Database.Name} allow_connections true");
            NpgsqlConnection.ClearAllPools();
        }

        var last = await portal.Database.ScalarAsync<long>("select last_value from public.ran");
        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select last_value >= $1 from public.ran", last + 3));
    }

    [Fact]
    public async Task The_schema_is_what_this_version_of_Hangfire_would_make()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(database.Superuser))
        {
            await connection.OpenAsync();
            PostgreSqlObjectsInstaller.Install(connection, "made");
        }

        Assert.Equal(await database.ScalarAsync<int>("select version from made.schema"), await database.ScalarAsync<int>("select version from hangfire.schema"));
        Assert.Equal(await database.ScalarAsync<string>(Shape, "made"), await database.ScalarAsync<string>(Shape, "hangfire"));
    }

    [Theory]
    [InlineData("00:00:30", "*/30 * * * * *")]
    [InlineData("00:01:00", "*/1 * * * *")]
    [InlineData("06:00:00", "0 */6 * * *")]
    [InlineData("1.00:00:00", "0 0 * * *")]
    public void Intervals_become_times_of_the_day(string every, string cron) => Assert.Equal(cron, Schedule.CronOf(Every(every)));

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:01.5")]
    [InlineData("00:00:45")]
    [InlineData("00:01:30")]
    [InlineData("07:00:00")]
    [InlineData("2.00:00:00")]
    public void An_interval_that_does_not_go_into_a_day_stops_the_host_from_starting(string every) => Assert.Throws<InvalidOperationException>(() => new Schedule(null!, [Every(every)])); // it is refused before anything is written

    private static ScheduledJob Every(string interval) => new("x", TimeSpan.Parse(interval, CultureInfo.InvariantCulture), "");

    /// <summary>Has a host look at the schedule all the time, besides its own looks.</summary>
    private static BackgroundProcessingServer Hurry(TestPortal portal) =>
        new(JobStorageOf(portal), [new RecurringJobScheduler(new BackgroundJobFactory(portal.Services.GetRequiredService<IJobFilterProvider>()), TimeSpan.FromMilliseconds(50))]);

    private static JobStorage JobStorageOf(TestPortal portal) => portal.Services.GetRequiredService<JobStorage>();

    private static void EverySecond(TestPortal portal, string job, string name = "hurry") =>
        portal.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate(name, Job.FromExpression<RunScheduledJob>(run => run.RunAsync(job, CancellationToken.None)), "* * * * * *", new RecurringJobOptions());

    private static async Task RestAsync(TestPortal portal, string name = "hurry")
    {
        portal.Services.GetRequiredService<IRecurringJobManager>().RemoveIfExists(name);
        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>($"select not exists (select from ({JobsOf(name)}) j where {Underway} or statename is null)"));
    }

    /// <summary>A host starts, writes its jobs into the schedule, and stops.</summary>
    private async Task ScheduleAsync(TestDatabase database)
    {
        await using var portal = await fixture.StartPortalAsync(database);
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>("select count(*) = 5 from hangfire.set where key = 'recurring-jobs'"));
    }

    private async Task<string> LoggedAsync()
    {
        Assert.Empty(fixture.Secrets.LinesThatTell()); // writes what has not reached the file yet
        using var log = new StreamReader(new FileStream(Path.Combine(fixture.Cluster, "..", "hosts.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await log.ReadToEndAsync();
    }

    private static string JobsOf(string name) => $"""select job.* from hangfire.job join hangfire.jobparameter p on p.jobid = job.id and p.name = 'RecurringJobId' and p.value = '"{name}"'""";

    private static Task TwoDaysPassAsync(TestDatabase database) => database.ExecuteAsync(
        """
        update hangfire.set set score = score - 2 * 86400 where key = 'recurring-jobs';
        update hangfire.hash set value = value::bigint - 2 * 86400000 where field in ('CreatedAt', 'LastExecution', 'NextExecution')
        """);

    // Owned by the superuser, so that it may write what shows that it ran; by its own owner where a host is to start with it.
    private static Task ReplaceAsync(TestDatabase database, string function, string body, bool owned = false) => database.ExecuteAsync(
        $"create or replace function {function}() returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$ begin {body} end $$" + (owned ? "" : $"; alter function {function}() owner to postgres"));
}
