using System.Globalization;
using System.Text.RegularExpressions;
using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>
/// The times of the mail ledger. They are literals in the database's own constraints and functions, and no setting changes
/// them: a test that cannot wait a minute rewrites those of its own database, as only a superuser can.
/// </summary>
internal sealed partial record Limits(TimeSpan Gap, TimeSpan Day, TimeSpan Lease)
{
    /// <summary>What the claim adds, for clocks that are set.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the hosts' clockwork sweeps.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(2);

    public static Limits Real { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), TimeSpan.FromMinutes(2)) { Sweep = TimeSpan.FromSeconds(30) };

    // An attempt may take a fifth of its lease: less than these twenty seconds a busy machine needs for itself.
    public static Limits Scaled { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20));

    /// <summary>
    /// Rewrites a database to these: each literal of its functions and constraints by as much as the limit that it is nearest
    /// to. One that says less than it should says less here, too, and the wire shows it.
    /// </summary>
    public async Task ApplyAsync(TestDatabase database)
    {
        foreach (var constraint in new[] { "one_minute_between_mails", "five_mails_in_24_hours" })
        {
            var definition = await database.ScalarAsync<string>("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'mail.attempt'::regclass and conname = $1", constraint);
            await database.ExecuteAsync($"alter table mail.attempt drop constraint {constraint}, add constraint {constraint} {Scale(definition, StoredInterval())}");
        }

        // How a failure is tried again is no limit; it only has to be soon.
        await RewriteAsync(database, "interval '1 second' * power", "interval '100 milliseconds' * power");
        foreach (var definition in await database.ScalarAsync<string[]>("select array_agg(pg_get_functiondef(oid)) from pg_proc where pronamespace = 'mail'::regnamespace and prosrc ~ 'interval ''[0-9]+ (sec|min|hour|day)'"))
        {
            await database.ExecuteAsync(Scale(definition, WrittenInterval()));
        }

        // The schedule is written by each host that starts; it is looked at every 15 seconds.
        await database.ExecuteAsync(
            $"""
            create function public.sweep_often() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as
              'begin new.value := ''*/{Sweep.TotalSeconds:0} * * * * *''; return new; end';
            create trigger sweep_often before insert or update on hangfire.hash for each row when (new.key = 'recurring-job:mail.sweep' and new.field = 'Cron') execute function public.sweep_often();
            """);
    }

    private string Scale(string definition, Regex interval)
    {
        Assert.Matches(interval, definition);
        return interval.Replace(definition, found => found.Value.Replace(found.Groups[1].Value, $"{Scale(found.Groups[1].Value)}", StringComparison.Ordinal));
    }

    private TimeSpan Scale(string literal)
    {
        var parts = literal.Split(' ');
        var real = parts.Length == 1 ? TimeSpan.FromHours(double.Parse(literal.Split(':')[0], CultureInfo.InvariantCulture)) + TimeSpan.Parse($"0:{literal[(literal.IndexOf(':', StringComparison.Ordinal) + 1)..]}", CultureInfo.InvariantCulture)
            : int.Parse(parts[0], CultureInfo.InvariantCulture) * (parts[1][0] switch { 's' => TimeSpan.FromSeconds(1), 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(1) });
        return real.TotalSeconds switch
        {
            <= 10 => real * (Margin / TimeSpan.FromSeconds(10)),
            <= 60 => real * (Gap / Real.Gap),
            <= 120 => real * (Lease / Real.Lease),
            > 300 and <= 86_400 => real * (Day / Real.Day),
            _ => real, // for how long something is tried or remembered
        };
    }

    [GeneratedRegex(@"interval '(\d+ (?:second|minute|hour|day)s?)'")]
    private static partial Regex WrittenInterval();

    [GeneratedRegex(@"'([\d.:]+)'::interval")]
    private static partial Regex StoredInterval();

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
