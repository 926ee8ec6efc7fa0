using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>
/// The times of the mail ledger. They are literals in the database's own constraints and functions, and no setting changes
/// them: a test that cannot wait a minute rewrites those of its own database, as only a superuser can.
/// </summary>
internal sealed record Limits(TimeSpan Gap, TimeSpan Day, TimeSpan Lease)
{
    /// <summary>What the claim adds, for clocks that are set.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the hosts' clockwork sweeps.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(2);

    public static Limits Real { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), TimeSpan.FromMinutes(2)) { Sweep = TimeSpan.FromSeconds(30) };

    public static Limits Scaled { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(8));

    /// <summary>Rewrites a database to these.</summary>
    public async Task ApplyAsync(TestDatabase database)
    {
        await database.ExecuteAsync(
            $"""
            alter table mail.attempt drop constraint one_minute_between_mails, drop constraint five_mails_in_24_hours,
              add constraint one_minute_between_mails exclude using gist (
                recipient_key with =, tsrange(reserved_at, coalesce(finished_at, lease_until) + interval '{Gap}') with &&) where (outcome is distinct from 'NOT_SENT'),
              add constraint five_mails_in_24_hours exclude using gist (
                recipient_key with =, slot with =, tsrange(reserved_at, coalesce(finished_at, lease_until) + interval '{Day}') with &&) where (outcome is distinct from 'NOT_SENT');
            """);
        // The schedule is written by each host that starts.
        await database.ExecuteAsync(
            $"""
            create function public.sweep_often() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as
              'begin new.repeat_interval := {Sweep.TotalMilliseconds:0}; return new; end';
            create trigger sweep_often before insert or update on quartz.simple_triggers for each row when (new.trigger_name = 'mail.sweep') execute function public.sweep_often();
            """);
        await RewriteAsync(database, "interval '1 minute'", $"interval '{Gap}'");
        await RewriteAsync(database, "interval '24 hours'", $"interval '{Day}'");
        await RewriteAsync(database, "interval '2 minutes'", $"interval '{Lease}'");
        await RewriteAsync(database, "interval '10 seconds'", $"interval '{Margin}'");
        await RewriteAsync(database, "interval '1 second' * power", "interval '100 milliseconds' * power");
    }

    /// <summary>Has the mail functions read a clock that <see cref="SetClockAsync"/> moves.</summary>
    public static async Task MakeClockMovableAsync(TestDatabase database)
    {
        await database.ExecuteAsync(
            """
            create table public.clock (moved interval not null);
            insert into public.clock values ('0');
            create function public.moved_clock() returns timestamptz language sql security definer set search_path = pg_catalog, pg_temp as 'select clock_timestamp() + moved from public.clock';
            grant usage on schema public to public;
            """);
        await RewriteAsync(database, "clock_timestamp()", "public.moved_clock()");
        await database.ExecuteAsync("alter table mail.outbox alter created_at set default public.moved_clock() at time zone 'UTC', alter not_before set default public.moved_clock() at time zone 'UTC'");
    }

    public static Task SetClockAsync(TestDatabase database, TimeSpan moved) => database.ExecuteAsync("update public.clock set moved = $1", moved);

    /// <summary>Replaces a piece of the mail functions. Fails when it is not there: a test whose literals have moved must not go on with the real ones.</summary>
    public static async Task RewriteAsync(TestDatabase database, string literal, string replacement)
    {
        const string Functions = "from pg_proc where pronamespace = 'mail'::regnamespace and strpos(prosrc, $1) > 0";
        Assert.NotEqual(0L, await database.ScalarAsync<long>($"select count(*) {Functions}", literal));
        foreach (var definition in await database.ScalarAsync<string[]>($"select array_agg(replace(pg_get_functiondef(oid), $1, $2)) {Functions}", literal, replacement))
        {
            await database.ExecuteAsync(definition);
        }
    }
}
