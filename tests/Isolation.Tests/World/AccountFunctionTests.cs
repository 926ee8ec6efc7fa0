namespace ClientPortal.Isolation.Tests;

/// <summary>What each condition in the functions about sign-ins keeps out.</summary>
[Collection(nameof(World))]
public sealed class AccountFunctionTests(World world)
{
    private const string EndedNow = "select count(*) from accounts.session where ended_at >= now()";

    [Fact]
    public async Task Only_live_sessions_of_ones_own_are_listed_and_an_ended_one_is_not_ended_again()
    {
        Assert.Equal(1L, await world.RunAsync("Auth", null, null, "select count(*) from accounts.my_sessions('token of alice')"));
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, "select accounts.end_my_session('token of alice', (select id from accounts.session where token_hash = sha256('ended token of alice')))"));
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, "select accounts.end_session('ended token of alice')"));
    }

    [Theory] // of alice's and CLIENTS_MANAGE's sessions one is live, one ended before, and two ran out without being ended
    [InlineData(3L, "select accounts.deactivate_staff(md5('person CLIENTS_MANAGE')::uuid)")]
    [InlineData(3L, "update accounts.link set expires_at = now() + interval '1 hour'; select accounts.reset_password(sha256('late reset of alice'), 'x')")]
    [InlineData(2L, "select accounts.change_password('token of alice', 'x')")]
    [InlineData(3L, "update invitations.invitation set status = 'NOT_INVITED', person_id = null where person_id = md5('person alice')::uuid")]
    [InlineData(0L, "update invitations.invitation set status = 'NOT_INVITED', person_id = null where contact_id = md5('contact alice')::uuid")] // she has another
    public async Task Sessions_that_ended_before_keep_the_time_at_which_they_did(long ended, string sql) =>
        Assert.Equal(ended, await world.RunAsync("Superuser", "STAFF_MANAGE", null, sql, EndedNow));

    [Fact]
    public async Task People_who_are_no_staff_are_no_staff_whatever_they_were_given()
    {
        const string Given = "insert into accounts.staff_permission select md5('person alice')::uuid, unnest(array['AUDIT_VIEW', 'STAFF_MANAGE'])";
        Assert.Equal(false, await world.RunAsync("Superuser", "alice", null, Given, "select ctx.staff_can('AUDIT_VIEW')"));
        Assert.Equal(false, await world.RunAsync("Superuser", "alice", null, Given, "select ctx.is_staff() or ctx.staff() is not null"));
        Assert.Equal("token of AUDIT_VIEW", await world.RunAsync("Superuser", null, null, Given,
            "select string_agg(t.token, ', ') from ctx.staff_rights(array['token of AUDIT_VIEW', 'token of alice', 'token of left', 'token of nothing', 'token of CLIENTS_MANAGE', 'ended token of others', 'idle token of others', 'over token of others', 'x'], 'AUDIT_VIEW') t"));
        Assert.Equal(2, await world.RunAsync("Superuser", null, null, Given, "select cardinality(accounts.managers())")); // STAFF_MANAGE and others; not left
        Assert.Equal(1, await world.RunAsync("Superuser", null, null, "update accounts.person set password_hash = null where name = 'others'", "select cardinality(accounts.managers())"));
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("AUDIT_VIEW", "AUDIT_VIEW")]
    public async Task A_session_tells_its_own_persons_permissions(string person, string permissions)
    {
        Assert.Equal(permissions, await world.RunAsync("Auth", null, null, $"select array_to_string(permissions, ', ') from accounts.who('token of {person}')"));
        Assert.Equal(permissions, await world.RunAsync("Auth", null, null, $"select string_agg(p, ', ') from json_array_elements_text(ctx.asker('token of {person}')::json -> 'permissions') p") ?? "");
    }

    [Theory]
    [InlineData("hash", 1L)]
    [InlineData(null, 0L)] // the first: that was expected
    public async Task Another_password_is_told_by_mail(string? before, long mails) => Assert.Equal(mails, await world.RunAsync("Superuser", null, null,
        $"update accounts.person set password_hash = {(before is null ? "null" : $"'{before}'")} where name = 'bob'", "select accounts.reset_password(sha256('live reset of bob'), 'x', md5('notice')::uuid, 'x')", "select count(*) from mail.outbox where id = md5('notice')::uuid and to_name = 'bob'"));

    [Fact]
    public async Task What_is_done_to_staff_is_not_done_to_others()
    {
        Assert.Equal("NOT_FOUND", await world.RunAsync("Staff", "STAFF_MANAGE", null, "select accounts.deactivate_staff(md5('person alice')::uuid)"));
        Assert.Equal("NOT_FOUND", await world.RunAsync("Staff", "STAFF_MANAGE", null, "select accounts.set_staff_permissions(md5('person alice')::uuid, '{AUDIT_VIEW}')"));
    }

    [Fact]
    public async Task Without_any_staff_the_first_can_be_made()
    {
        const string Nobody = "delete from invitations.bulk_row; delete from invitations.bulk; delete from accounts.person where member_type = 'STAFF'; set constraints all immediate";
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, Nobody, "select accounts.has_staff()"));
        Assert.Equal(true, await world.RunAsync("Superuser", null, null, Nobody, "select accounts.make_first_staff(gen_random_uuid(), 'x', 'x', 'x', 'x')"));
        Assert.Equal(true, await world.RunAsync("Auth", null, null, "select accounts.has_staff()"));
        Assert.Equal(false, await world.RunAsync("Superuser", null, null, "select accounts.make_first_staff(gen_random_uuid(), 'x', 'x', 'x', 'x')"));
    }

    [Theory]
    [InlineData("bob", 1L)]
    [InlineData("ina", 0L)] // not active
    [InlineData("nobody", 0L)]
    public async Task A_password_reset_is_sent_to_active_people_alone(string person, long links) => Assert.Equal(links, await world.RunAsync("Superuser", null, null,
        $"select accounts.request_password_reset('{person}@example.com', '{person}@example.com', md5('new')::uuid, sha256('new'), 'x')", "select count(*) from accounts.link where id = md5('new')::uuid"));

    [Fact]
    public async Task A_link_of_another_kind_leaves_the_others_alive() => Assert.Equal("PASSWORD_RESET", await world.RunAsync("Auth", null, null,
        "select accounts.request_email_change('token of bob', 'x@example.com', 'x@example.com', 'x@example.com', md5('new')::uuid, sha256('new'), 'x')", "select kind from accounts.open_link(sha256('live reset of bob'))"));

    [Theory]
    [InlineData("bob", "1 hour", "OK")]
    [InlineData("alice", "-1 hour", "INVALID")]
    [InlineData("ina", "1 hour", "INVALID")]
    public async Task An_address_is_changed_by_a_live_link_of_somebody_active(string person, string lives, string outcome)
    {
        var link = $"insert into accounts.link (id, kind, person_id, token_hash, expires_at, new_email, new_email_key) values (md5('new')::uuid, 'EMAIL_CHANGE', md5('person {person}')::uuid, sha256('new'), now() + interval '{lives}', 'new@example.com', 'new@example.com')";
        Assert.Equal(outcome, await world.RunAsync("Superuser", null, null, link, "select outcome from accounts.confirm_email_change(sha256('new'), gen_random_uuid(), 'x')"));
        Assert.Equal(outcome == "OK" ? "new@example.com" : $"{person}@example.com", await world.RunAsync("Superuser", null, null, link,
            "select outcome from accounts.confirm_email_change(sha256('new'), gen_random_uuid(), 'x')", $"select email_key from accounts.person where id = md5('person {person}')::uuid"));
        Assert.Equal("hash", await world.RunAsync("Superuser", null, null, link, // and sets no password
            "select accounts.reset_password(sha256('new'), 'x')", $"select password_hash from accounts.person where id = md5('person {person}')::uuid"));
    }

    [Theory]
    [InlineData("live reset of bob", "select 1", 1L)]
    [InlineData("late reset of alice", "select 1", 0L)]
    [InlineData("live reset of ina", "select 1", 0L)]
    [InlineData("live reset of bob", "update mail.attempt set outcome = 'SENT', finished_at = reserved_at", 0L)]
    public async Task A_mails_link_is_told_to_the_worker_that_sends_it_now_while_the_link_lives(string link, string before, long told)
    {
        var claimed = $"""
            insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, state) values (md5('mail')::uuid, 'PASSWORD_RESET', md5('{link}')::uuid, 'x', 'x', 'x', 'x', 'SENDING');
            insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker) values (md5('mail')::uuid, 'x', 1, now(), now() + interval '1 hour', 'worker')
            """;
        Assert.Equal(told, await world.RunAsync("Superuser", null, null, claimed, before, $"select count(*) from accounts.mail_content((select max(id) from mail.attempt), md5('{link}')::uuid)"));
        Assert.Equal(0L, await world.RunAsync("Superuser", null, null, claimed, "select count(*) from accounts.mail_content((select min(id) from mail.attempt), md5('live reset of bob')::uuid)"));
        Assert.Equal(0L, await world.RunAsync("Superuser", null, null, claimed, $"insert into accounts.link (id, kind, person_id, token_hash, expires_at) values (md5('other')::uuid, 'STAFF_INVITATION', md5('person bob')::uuid, sha256('other'), 'infinity')",
            "select count(*) from accounts.mail_content((select max(id) from mail.attempt), md5('other')::uuid)"));
    }
}
