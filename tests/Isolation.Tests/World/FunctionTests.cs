using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What the functions that act with more rights than their callers refuse by themselves, whatever the host asked before.</summary>
[Collection(nameof(World))]
public sealed class FunctionTests(World world)
{
    [Theory]
    [InlineData("select outcome from invitations.invite(md5('contact una')::uuid, gen_random_uuid(), sha256('x'), '1 day', false, 'x')", "FORBIDDEN", "OK", "CLIENTS_INVITE")]
    [InlineData("select invitations.revoke(md5('contact bob')::uuid, true)", "FORBIDDEN", "OK", "CLIENTS_INVITE")]
    [InlineData("select outcome from invitations.invite_many(gen_random_uuid(), 'x', 'x', array[md5('contact una')::uuid], null, '1 day', 9)", "FORBIDDEN", "OK", "CLIENTS_INVITE")]
    [InlineData("select count(*)::text from invitations.limits(array[md5('contact mia')::uuid])", "0", "1", "CLIENTS_INVITE")]
    [InlineData("select clients.open_preview(md5('client A')::uuid, md5('contact alice')::uuid)::text", "false", "true", "PORTAL_PREVIEW")]
    [InlineData("select accounts.add_staff(gen_random_uuid(), 'x', 'x@x.example', 'x@x.example', 'x@x.example', '{}', gen_random_uuid(), sha256('x'), 'x')", "FORBIDDEN", "OK", "STAFF_MANAGE")]
    [InlineData("select accounts.set_staff_permissions(md5('person nothing')::uuid, '{AUDIT_VIEW}')", "FORBIDDEN", "OK", "STAFF_MANAGE")]
    [InlineData("select accounts.deactivate_staff(md5('person nothing')::uuid)", "FORBIDDEN", "OK", "STAFF_MANAGE")]
    public async Task What_needs_a_permission_is_done_for_those_alone_who_have_it(string sql, string refused, string done, string permission)
    {
        foreach (var person in new[] { "nobody", "alice", "left", "nothing", "CLIENTS_INVITE", "CLIENTS_MANAGE", "BILLING_MANAGE", "PROJECTS_MANAGE", "CALENDAR_MANAGE", "PORTAL_PREVIEW", "STAFF_MANAGE", "AUDIT_VIEW" })
        {
            Assert.Equal(person == permission ? done : refused, await world.RunAsync("Staff", person, null, sql));
        }
    }

    [Theory]
    [InlineData("select count(*) from ctx.record('Invoice', md5('invoice A 2')::uuid)")]
    [InlineData("select count(*) from ctx.explain_access(array[md5('contact alice')::uuid], 'Invoice', md5('invoice A 2')::uuid)")]
    public async Task What_is_for_staff_tells_nobody_else_anything(string sql)
    {
        Assert.Equal(1L, await world.RunAsync("Staff", "nothing", null, sql));
        foreach (var person in new[] { "nobody", "alice", "left", "ended token of others" })
        {
            Assert.Equal(0L, await world.RunAsync("Staff", person, null, sql));
        }
    }

    [Theory]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "alice", "true ALL_OF_KIND")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 1')::uuid)", "gil", "false NOT_PUBLISHED")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "bob", "false OTHER_CLIENT")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "ina", "false NO_PORTAL_ACCESS")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "mia", "false WITHHELD_FOR_RECORD")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Payment', md5('payment A-2 1')::uuid)", "mia", "false WITHHELD_FOR_RECORD")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 3')::uuid)", "gil", "true GRANTED_FOR_RECORD")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "nora", "false KIND_HIDDEN")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 2')::uuid)", "adam", "true ADDRESSED_TO_CONTACT")]
    [InlineData("select visible || ' ' || reason from ctx.explain_access(array[md5('contact {0}')::uuid], 'Invoice', md5('invoice A 5')::uuid)", "adam", "false NOT_ADDRESSED")]
    public async Task An_explanation_tells_what_the_policies_do(string sql, string contact, string explanation) =>
        Assert.Equal(explanation, await world.RunAsync("Staff", "nothing", null, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, contact)));

    [Theory]
    [InlineData("select ctx.asker('{0}')")]
    [InlineData("select person_id::text from accounts.who('{0}')")]
    [InlineData("select session_id::text from accounts.my_sessions('{0}')")]
    [InlineData("select contact_id::text from invitations.memberships('{0}')")]
    [InlineData("select case when accounts.end_my_session('{0}', md5('session alice')::uuid) then 'ended' end")]
    public async Task A_session_that_ended_or_ran_out_or_is_nobodys_opens_nothing(string sql)
    {
        Assert.NotNull(await world.RunAsync("Auth", null, null, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, "token of alice")));
        foreach (var token in new[] { "ended token of alice", "idle token of alice", "over token of alice", "token of nobody", "" })
        {
            Assert.Null(await world.RunAsync("Auth", null, null, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, token)));
        }
    }

    [Fact]
    public async Task A_person_who_is_not_active_has_no_session_and_no_membership()
    {
        Assert.Null(await world.RunAsync("Auth", null, null, "select ctx.asker('token of ina')"));
        Assert.Equal("[]", await world.RunAsync("Auth", null, null, "select ctx.asker('token of sam')::json ->> 'memberships'")); // a client that is not active
        Assert.Null(await world.RunAsync("Auth", null, null, "select person_id from accounts.who('token of ina')"));
        Assert.Null(await world.RunAsync("Auth", null, null, "select contact_id from invitations.memberships('token of ina')"));
        Assert.Null(await world.RunAsync("Auth", null, null, "select contact_id from invitations.memberships('token of sam')")); // a client that is not active
        Assert.Null(await world.RunAsync("Superuser", null, null, "select accounts.person_of('token of ina')"));
        Assert.Null(await world.RunAsync("Auth", null, null, "select person_id from accounts.sign_in_attempt('ina@example.com', 'here')"));
        await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Auth", null, null, "select accounts.open_session(gen_random_uuid(), 'x', md5('person ina')::uuid, 'x', 'x', null, '1 day', '1 day')"));
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("idle")]
    [InlineData("over")]
    public async Task With_a_dead_session_one_changes_nothing_about_a_sign_in(string how)
    {
        Assert.Equal("alice hash", await world.RunAsync("Superuser", null, null,
            $"select accounts.update_profile('{how} token of alice', 'x')", $"select accounts.change_password('{how} token of alice', 'x')", "select name || ' ' || password_hash from accounts.person where id = md5('person alice')::uuid"));
        Assert.Equal("x hash", await world.RunAsync("Superuser", null, null, "select accounts.update_profile('token of alice', 'x')", "select name || ' ' || password_hash from accounts.person where id = md5('person alice')::uuid"));
    }

    [Fact]
    public async Task One_ends_ones_own_sessions_alone() =>
        Assert.Equal(false, await world.RunAsync("Auth", null, null, "select accounts.end_my_session('token of alice', md5('session bob')::uuid)"));

    [Theory]
    [InlineData("live reset of bob", "PASSWORD_RESET")]
    [InlineData("late reset of alice", null)]
    [InlineData("live reset of ina", null)]
    public async Task A_link_that_ran_out_or_is_of_nobody_active_opens_nothing(string link, string? kind)
    {
        Assert.Equal(kind, await world.RunAsync("Auth", null, null, $"select kind from accounts.open_link(sha256('{link}'))"));
        Assert.Equal(kind is null, await world.RunAsync("Auth", null, null, $"select accounts.reset_password(sha256('{link}'), 'x')") is null);
        Assert.Equal("INVALID", await world.RunAsync("Auth", null, null, $"select outcome from accounts.confirm_email_change(sha256('{link}'), gen_random_uuid(), 'x')"));
    }

    [Theory]
    [InlineData("link of ivo", "OPEN", "OK")]
    [InlineData("link of ezra", "EXPIRED", "EXPIRED")]
    [InlineData("link of nobody", null, "INVALID")]
    public async Task An_invitations_link_does_what_its_state_allows(string link, string? state, string outcome)
    {
        Assert.Equal(state, await world.RunAsync("Auth", null, null, $"select state from invitations.page(sha256('{link}'))"));
        Assert.Equal(outcome, await world.RunAsync("Auth", null, null, $"select outcome from invitations.accept(sha256('{link}'), null, gen_random_uuid(), 'x', 'x')"));
        foreach (var closed in new[] { "update clients.client set status = 'INACTIVE' where number = 'A'", "update invitations.invitation set status = 'NOT_INVITED', invitation_id = null, token_hash = null where status = 'INVITED'" })
        {
            Assert.Equal(("INVALID", (object?)null), (
                await world.RunAsync("Superuser", null, null, closed, $"select outcome from invitations.accept(sha256('{link}'), null, gen_random_uuid(), 'x', 'x')"),
                await world.RunAsync("Superuser", null, null, closed, $"select state from invitations.page(sha256('{link}'))")));
        }
    }

    [Theory]
    [InlineData("md5('person bob')::uuid", "EXISTING_ACCOUNT")] // another person's password was checked
    [InlineData("null", "EXISTING_ACCOUNT")]
    [InlineData("md5('person alice')::uuid", "OK")]
    public async Task An_address_with_a_sign_in_accepts_with_its_own_password_alone(string verified, string outcome) => Assert.Equal(outcome, await world.RunAsync("Superuser", null, null,
        "update clients.contact set sign_in_key = 'alice@example.com' where name = 'ivo'", $"select outcome from invitations.accept(sha256('link of ivo'), {verified}, gen_random_uuid(), 'x', 'x')"));

    [Fact]
    public async Task Staff_and_people_who_left_accept_no_invitation()
    {
        Assert.Equal("STAFF_ADDRESS", await world.RunAsync("Superuser", null, null,
            "update clients.contact set sign_in_key = 'others@staff.example.com' where name = 'ivo'", "select outcome from invitations.accept(sha256('link of ivo'), md5('person others')::uuid, gen_random_uuid(), 'x', 'x')"));
        Assert.Equal("EXISTING_ACCOUNT", await world.RunAsync("Superuser", null, null,
            "update clients.contact set sign_in_key = 'ina@example.com' where name = 'ivo'", "select outcome from invitations.accept(sha256('link of ivo'), md5('person ina')::uuid, gen_random_uuid(), 'x', 'x')"));
    }

    [Theory]
    [InlineData("select count(*) from invitations.mail_content(1, md5('invitation mia')::uuid)", "mia")]
    [InlineData("select count(*) from invitations.mail_content(1, md5('invitation ivo')::uuid)", "ivo")]
    [InlineData("select count(*) from accounts.mail_content(1, md5('live reset of bob')::uuid)", "bob")]
    public async Task A_worker_reads_what_a_mail_says_by_the_attempt_it_holds_alone(string sql, string whose)
    {
        Assert.NotEmpty(whose);
        Assert.Equal(0L, await world.RunAsync("Job", null, null, sql));
    }

    [Fact]
    public async Task A_new_link_is_sent_for_an_expired_one_alone_and_to_an_active_client()
    {
        async Task<object?> LinksAsync(string before, string link) => await world.RunAsync("Superuser", null, null, before,
            $"select invitations.request_new(sha256('{link}'), md5('new')::uuid, sha256('new'), 'x')", "select count(*) from invitations.invitation where invitation_id = md5('new')::uuid");
        Assert.Equal(1L, await LinksAsync("select 1", "link of ezra"));
        Assert.Equal(0L, await LinksAsync("select 1", "link of ivo"));
        Assert.Equal(0L, await LinksAsync("delete from mail.outbox where reference = md5('invitation ivo')::uuid", "link of ivo")); // which no limit holds back
        Assert.Equal(0L, await LinksAsync("update clients.client set status = 'INACTIVE' where number = 'A'", "link of ezra"));
        Assert.Equal(0L, await LinksAsync("update invitations.invitation set status = 'NOT_INVITED', invitation_id = null, token_hash = null where status = 'INVITED'", "link of ezra"));
    }

    [Fact]
    public async Task Only_links_that_ran_out_expire_and_only_an_active_client_is_previewed()
    {
        Assert.Equal(1, await world.RunAsync("Job", null, null, "select invitations.expire()"));
        Assert.Equal(false, await world.RunAsync("Staff", "PORTAL_PREVIEW", null, "select clients.open_preview(md5('client S')::uuid, md5('contact sam')::uuid)"));
        Assert.Equal(false, await world.RunAsync("Staff", "PORTAL_PREVIEW", null, "select clients.open_preview(md5('client B')::uuid, md5('contact alice')::uuid)"));
    }
}
