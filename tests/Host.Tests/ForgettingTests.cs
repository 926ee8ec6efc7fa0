using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

/// <summary>What the daily jobs forget: what is older than its time, all of it, and nothing else.</summary>
[Collection(nameof(PortalFixture))]
public sealed class ForgettingTests(PortalFixture fixture)
{
    private const string Person = "00000000-0000-0000-0000-0000000000aa";
    private const string Contact = "00000000-0000-0000-0000-0000000000cc";

    [Fact]
    public async Task Sessions_go_a_month_after_their_end_links_a_day_after_theirs_and_attempts_when_they_count_no_more()
    {
        var database = await DatabaseAsync();
        await database.ExecuteAsync($"""
            insert into accounts.session (id, token_hash, person_id, user_agent, idle_limit, expires_at, ends_at, ended_at)
              select gen_random_uuid(), sha256(v.name::bytea), '{Person}', v.name, '1 day', now() + v.expires, now() + interval '90 days', now() + v.ended
              from (values ('expired long ago', interval '-31 days', null::interval), ('expired', '-29 days', null), ('ended long ago', '1 day', '-31 days'), ('ended', '1 day', '-29 days'), ('live', '1 day', null)) v (name, expires, ended);
            insert into accounts.link (id, kind, person_id, token_hash, expires_at) values
              (gen_random_uuid(), 'PASSWORD_RESET', '{Person}', sha256('a'), now() - interval '25 hours'), (gen_random_uuid(), 'STAFF_INVITATION', '{Person}', sha256('b'), now() - interval '23 hours');
            insert into accounts.sign_in_throttle (key, window_ends, locked_until) values ('over', now() - interval '1 minute', '-infinity'), ('locked', now() - interval '1 minute', now() + interval '1 minute');
            """);

        Assert.Equal(4, await ForgetAsync(database, "accounts"));

        Assert.Equal(["ended", "expired", "live"], await database.ScalarAsync<string[]>("select array_agg(user_agent order by user_agent) from accounts.session"));
        Assert.Equal("STAFF_INVITATION", await database.ScalarAsync<string>("select string_agg(kind, ' ') from accounts.link"));
        Assert.Equal("locked", await database.ScalarAsync<string>("select string_agg(key, ' ') from accounts.sign_in_throttle"));
    }

    [Fact]
    public async Task Mails_go_half_a_year_after_they_were_queued_with_their_attempts_and_the_mailboxes_that_nothing_is_left_of()
    {
        var database = await DatabaseAsync();
        await database.ExecuteAsync("""
            insert into mail.recipient values ('a'), ('b'), ('c');
            insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, state, created_at)
              select gen_random_uuid(), 'X', gen_random_uuid(), v.mailbox, '', '', '', v.state, now() at time zone 'UTC' - v.age
              from (values ('a', 'SENT', interval '181 days'), ('a', 'FAILED', '200 days'), ('b', 'SENT', '181 days'), ('b', 'QUEUED', '181 days'), ('b', 'SENT', '179 days'), ('c', 'SENT', '181 days'), ('c', 'QUEUED', '181 days')) v (mailbox, state, age);
            insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker, outcome, finished_at)
              select id, recipient_key, 1, created_at, created_at + interval '1 minute', '', 'SENT', created_at from mail.outbox where state <> 'QUEUED';
            """);

        Assert.Equal(4, await ForgetAsync(database, "mail"));

        Assert.Equal("b QUEUED, b SENT, c QUEUED", await database.ScalarAsync<string>("select string_agg(recipient_key || ' ' || state, ', ' order by recipient_key, state) from mail.outbox"));
        Assert.Equal("b c", await database.ScalarAsync<string>("select string_agg(key, ' ' order by key) from mail.recipient"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from mail.attempt"));
    }

    [Fact]
    public async Task Calls_that_invite_many_go_after_90_days_once_they_are_done_and_what_happened_to_a_contact_after_two_years()
    {
        var database = await DatabaseAsync();
        await database.ExecuteAsync($"""
            insert into clients.client (id, number, name, currency) values ('{Contact}', 'n', 'n', 'EUR');
            insert into clients.contact (id, client_id, name) values ('{Contact}', '{Contact}', 'c');
            insert into invitations.event (contact_id, client_id, at, previous, status) select '{Contact}', '{Contact}', now() - v.age, 'NOT_INVITED', 'INVITED' from (values (interval '731 days'), ('729 days')) v (age);
            insert into invitations.bulk (id, staff_id, by_name, idempotency_key, arguments, expires_in, created_at, contacts)
              select gen_random_uuid(), '{Person}', '', v.key, '', '7 days', now() - v.age, v.contacts
              from (values ('done long ago', interval '91 days', null::uuid[]), ('open', '91 days', array['{Contact}']::uuid[]), ('done', '89 days', null)) v (key, age, contacts);
            insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, skipped) select id, 1, '{Contact}', '{Contact}', 'NO_EMAIL' from invitations.bulk where contacts is null;
            """);

        Assert.Equal(2, await ForgetAsync(database, "invitations"));

        Assert.Equal("done, open", await database.ScalarAsync<string>("select string_agg(idempotency_key, ', ' order by idempotency_key) from invitations.bulk"));
        Assert.Equal((1L, 1L), (await database.ScalarAsync<long>("select count(*) from invitations.bulk_row"), await database.ScalarAsync<long>("select count(*) from invitations.event")));
    }

    // As the clockwork does: until there is nothing left to forget.
    private static async Task<int> ForgetAsync(TestDatabase database, string schema)
    {
        var (all, some) = (0, 0);
        do
        {
            all += some = await database.ScalarAsync<int>($"select {schema}.forget()");
        }
        while (some > 0);
        return all;
    }

    private async Task<TestDatabase> DatabaseAsync()
    {
        var database = await fixture.CreateDatabaseAsync();
        await database.ExecuteAsync($"insert into accounts.person (id, member_type, name, email, email_key) values ('{Person}', 'STAFF', 'S', 's@example.com', 's@example.com')");
        return database;
    }
}
