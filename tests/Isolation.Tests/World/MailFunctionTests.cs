using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>Which mails the functions of the outbox touch. In the world one was sent long ago, and one waits until tomorrow.</summary>
[Collection(nameof(World))]
public sealed class MailFunctionTests(World world)
{
    private const string Due = "update mail.outbox set not_before = now() - interval '1 hour' where state = 'QUEUED'";
    private const string Claims = "select count(attempt_id) from mail.claim('worker', 10, clock_timestamp())";

    [Theory]
    [InlineData(Due, 1L)]
    [InlineData("select 1", 0L)] // not due yet
    [InlineData("update mail.outbox set not_before = now() - interval '1 hour', state = 'SENT'", 0L)]
    [InlineData("update mail.outbox set not_before = now() - interval '1 hour', bulk = true", 1L)] // and not the sent one with it
    [InlineData("update mail.outbox set bulk = true", 0L)]
    public async Task Only_a_mail_that_waits_and_is_due_is_claimed(string before, long claimed) =>
        Assert.Equal(claimed, await world.RunAsync("Superuser", null, null, before, Claims));

    [Fact]
    public async Task Nothing_is_claimed_while_the_clocks_differ() =>
        await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", null, null, Due, "select count(*) from mail.claim('worker', 10, clock_timestamp() - interval '6 seconds')"));

    [Fact]
    public async Task Only_what_waits_is_suppressed_or_held_back()
    {
        const string States = "select string_agg(to_name || ' ' || state || ' ' || coalesce(waits_for, 'nothing'), ', ' order by to_name) from mail.outbox";
        Assert.Equal("ivo SUPPRESSED nothing, mia SENT nothing", await world.RunAsync("Superuser", null, null, "select mail.suppress(reference) from mail.outbox", States));
        Assert.Equal("ivo QUEUED THROTTLE, mia SENT nothing", await world.RunAsync("Superuser", null, null, Due, "select mail.hold_back(recipient_key, now()::timestamp + interval '1 day') from mail.outbox", States));
        Assert.Equal("ivo QUEUED nothing, mia SENT nothing", await world.RunAsync("Superuser", null, null, Due, "select mail.hold_back('una@example.com', now()::timestamp + interval '1 day')", States));
    }

    [Fact]
    public async Task What_became_of_an_attempt_is_said_once_and_of_a_mail_that_was_being_sent()
    {
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, "select mail.finish((select min(id) from mail.attempt), 'REJECTED', 'x')"));
        Assert.Equal("SENT", await world.RunAsync("Superuser", null, null,
            "update mail.attempt set outcome = null, finished_at = null", "select mail.finish((select min(id) from mail.attempt), 'REJECTED', 'x')", "select state from mail.outbox where to_name = 'mia'"));
        Assert.Equal("FAILED", await world.RunAsync("Superuser", null, null, "update mail.outbox set state = 'SENDING' where to_name = 'mia'",
            "update mail.attempt set outcome = null, finished_at = null", "select mail.finish((select min(id) from mail.attempt), 'REJECTED', 'x')", "select state from mail.outbox where to_name = 'mia'"));
    }

    [Theory] // mia's mail, queued three days ago, is being sent after so many attempts, that many hours apart
    [InlineData("NOT_SENT", 20, 1, "DEFERRED", "QUEUED")] // the server was away for long: that it puts the mail off now is the first it says
    [InlineData("DEFERRED", 6, 30, "DEFERRED", "QUEUED")]
    [InlineData("DEFERRED", 7, 30, "DEFERRED", "FAILED")]
    [InlineData("NOT_SENT", 0, 0, "NOT_SENT", "QUEUED")] // it waited for its turn until now
    [InlineData("NOT_SENT", 1, 47, "NOT_SENT", "QUEUED")]
    [InlineData("NOT_SENT", 1, 49, "NOT_SENT", "FAILED")]
    public async Task A_mail_is_given_up_for_what_became_of_its_attempts(string earlier, int count, int hoursApart, string outcome, string state) => Assert.Equal(state, await world.RunAsync("Superuser", null, null,
        $"""
        delete from mail.attempt;
        insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker)
          select md5('mail mia')::uuid, 'mia@example.com', n % 5 + 1, d.at, d.at + interval '2 minutes', d.at + interval '1 second', '{earlier}', 'worker'
          from generate_series(1, {count}) n cross join lateral (select clock_timestamp() at time zone 'UTC' - n * interval '{hoursApart} hours' as at) d;
        insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker) select md5('mail mia')::uuid, 'mia@example.com', 1, t, t + interval '2 minutes', 'worker' from (select clock_timestamp() at time zone 'UTC' as t) n;
        update mail.outbox set state = 'SENDING', attempts = {count} + 1, created_at = now() at time zone 'UTC' - interval '3 days' where to_name = 'mia'
        """, $"select mail.finish((select max(id) from mail.attempt), '{outcome}', 'x')", "select state from mail.outbox where to_name = 'mia'"));

    [Theory]
    [InlineData("select 1", 0)]
    [InlineData("update mail.attempt set outcome = null, finished_at = null", 1)]
    [InlineData("update mail.attempt set outcome = null, finished_at = null, lease_until = now() + interval '1 hour'", 0)]
    public async Task Only_an_attempt_past_its_lease_is_given_up(string before, int swept) => Assert.Equal(swept, await world.RunAsync("Superuser", null, null, before, "select mail.sweep()"));

    [Fact]
    public async Task Only_a_mail_that_waits_is_due()
    {
        Assert.Equal(true, await world.RunAsync("Job", null, null, "select mail.next_due() > now()")); // ivo's, tomorrow
        Assert.Equal(true, await world.RunAsync("Superuser", null, null, "update mail.outbox set bulk = true", "select mail.next_due() > now()"));
        Assert.Equal(true, await world.RunAsync("Superuser", null, null, "update mail.outbox set state = 'SUPPRESSED' where state = 'QUEUED'", "select mail.next_due() is null"));
    }

    [Theory]
    [InlineData("ivo", "select 1", "0 COOLDOWN")] // one waits, and leaves before another may
    [InlineData("ivo", "update mail.outbox set state = 'SENT'", "0 ")]
    [InlineData("mia", "select 1", "0 ")] // sent long ago
    [InlineData("mia", "update mail.attempt set reserved_at = now() - interval '10 seconds', lease_until = now() + interval '1 hour', finished_at = now() - interval '5 seconds'", "1 COOLDOWN")]
    [InlineData("mia", "update mail.attempt set reserved_at = now() - interval '1 hour', lease_until = now(), finished_at = now() - interval '59 minutes'", "1 ")]
    [InlineData("mia", "update mail.attempt set reserved_at = now() - interval '10 seconds', lease_until = now() + interval '1 hour', finished_at = now() - interval '5 seconds', outcome = 'NOT_SENT'", "0 ")]
    [InlineData("mia", "update mail.attempt set reserved_at = now() - interval '80 seconds', lease_until = now() + interval '1 hour', finished_at = now() - interval '5 seconds'", "1 COOLDOWN")]
    [InlineData("mia", "update mail.attempt set reserved_at = now() - interval '80 seconds', lease_until = now() + interval '1 hour', finished_at = null, outcome = null", "1 ")] // about to finish
    [InlineData("una", "select 1", "0 ")]
    public async Task A_limit_counts_what_left_or_will_leave_to_that_mailbox(string contact, string before, string limits) => Assert.Equal(limits, await world.RunAsync("Superuser", null, null, before,
        $"select sent_in_24_hours || ' ' || coalesce(limited_by, '') from mail.limits(array['{contact}@example.com'])"));

    [Theory]
    [InlineData("SENT", "181 days", 1)]
    [InlineData("SENT", "179 days", 0)]
    [InlineData("SENDING", "181 days", 0)]
    public async Task Only_what_is_over_for_half_a_year_is_forgotten(string state, string age, int forgotten) => Assert.Equal(forgotten, await world.RunAsync("Superuser", null, null,
        $"update mail.outbox set state = '{state}', created_at = now() - interval '{age}' where to_name = 'mia'", "select mail.forget()"));

    [Theory] // mia's mail again, due, after attempts so many minutes ago; when it may leave, in minutes from now
    [InlineData("'SENT', '{120}'", 0)]
    [InlineData("'NOT_SENT', '{0}'", 0)] // nothing was on the wire
    [InlineData("'SENT', '{0}'", 1)]
    [InlineData("'SENT', '{-60}'", 61)] // however long what is over lasted
    [InlineData("null, '{-60}'", 1)] // but one in flight is asked about again in a minute
    [InlineData("'SENT', '{300,240,180,120}'", 0)]
    [InlineData("'SENT', '{300,240,180,120,60}'", (24 - 5) * 60)]
    [InlineData("'NOT_SENT', '{300,240,180,120,60}'", 0)]
    public async Task A_mailbox_is_left_alone_for_as_long_as_the_limits_say(string attempts, int minutes)
    {
        // One that was not sent stands in the first slot beside them, ten minutes ago: it neither takes the slot nor lengthens the wait.
        var before = $"""
            delete from mail.attempt;
            insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker)
              select md5('mail mia')::uuid, 'mia@example.com', s.n, least(d.at, clock_timestamp() at time zone 'UTC') - interval '2 minutes', case when a.outcome is null then d.at else d.at + interval '1 minute' end, case when a.outcome is not null then d.at end, a.outcome, 'worker'
              from (values ({attempts}::int[])) as a (outcome, minutes) cross join lateral unnest(a.minutes) with ordinality as s (m, n) cross join lateral (select clock_timestamp() at time zone 'UTC' - s.m * interval '1 minute' as at) d;
            insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker)
              select md5('mail mia')::uuid, 'mia@example.com', 1, t - interval '11 minutes', t - interval '9 minutes', t - interval '10 minutes', 'NOT_SENT', 'worker' from (select clock_timestamp() at time zone 'UTC' as t) n;
            update mail.outbox set state = 'QUEUED', not_before = now() at time zone 'UTC' - interval '1 hour' where to_name = 'mia'
            """;
        Assert.Equal(minutes == 0 ? 1L : 0L, await world.RunAsync("Superuser", null, null, before, Claims));
        var waits = Convert.ToDouble(await world.RunAsync("Superuser", null, null, before, Claims, "select extract(epoch from not_before - clock_timestamp() at time zone 'UTC')::float8 / 60 from mail.outbox where to_name = 'mia'"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(minutes == 0 || (waits > minutes - 0.5 && waits < minutes + 1), $"{waits} minutes");
    }
}
