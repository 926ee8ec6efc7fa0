namespace ClientPortal.Isolation.Tests;

/// <summary>What each condition in the functions about invitations keeps out.</summary>
[Collection(nameof(World))]
public sealed class InvitationFunctionTests(World world)
{
    // Constraints make sure that a row that is not ONBOARDED names no person, and one that is not INVITED holds no link. Access and
    // links end with the status all the same: each of the two holds without the other.
    private const string PersonLeftBehind = "alter table invitations.invitation drop constraint invitation_person_while_onboarded; update invitations.invitation set status = 'NOT_INVITED' where contact_id = md5('contact alice')::uuid";
    private const string LinksLeftBehind = "alter table invitations.invitation drop constraint invitation_link_while_invited; update invitations.invitation set status = 'NOT_INVITED' where status = 'INVITED'";

    [Fact]
    public async Task Access_ends_with_the_status_whatever_else_the_row_says()
    {
        Assert.Equal("alice at B", await world.RunAsync("Superuser", null, null, PersonLeftBehind, "select string_agg(c.name, ', ') from invitations.memberships('token of alice') m join clients.contact c on c.id = m.contact_id"));
        Assert.Equal("alice at B", await world.RunAsync("Superuser", null, null, PersonLeftBehind, "select string_agg(c.name, ', ') from json_array_elements(ctx.asker('token of alice')::json -> 'memberships') m join clients.contact c on c.id = (m ->> 'contactId')::uuid"));
        Assert.Null(await world.RunAsync("Superuser", "alice", "alice", PersonLeftBehind, "select ctx.my_contact()"));
        Assert.Null(await world.RunAsync("Superuser", "alice", "alice", PersonLeftBehind, "select ctx.holder_of(md5('contact alice')::uuid)"));
        Assert.Equal(0L, await world.RunAsync("Superuser", "alice", "alice", PersonLeftBehind, "set local role portal_contact", "select count(*) from billing.invoice"));
        Assert.Equal("ended", await world.RunAsync("Superuser", null, null, PersonLeftBehind.Replace("'contact alice')::uuid", "'contact alice')::uuid or contact_id = md5('contact alice at B')::uuid", StringComparison.Ordinal),
            "select 'ended' from accounts.session where id = md5('session alice')::uuid and ended_at is not null"));
    }

    [Fact]
    public async Task Only_who_may_remove_a_contact_holds_their_invitation()
    {
        Assert.Null(await world.RunAsync("Staff", "others", null, "select invitations.hold(md5('contact ivo')::uuid)"));
        Assert.NotNull(await world.RunAsync("Staff", "CLIENTS_MANAGE", null, "select invitations.hold(md5('contact ivo')::uuid)"));
        Assert.Equal("ivo@example.com", await world.RunAsync("Superuser", "CLIENTS_MANAGE", null, "select invitations.hold(md5('contact ivo')::uuid)", "select string_agg(email, ' ') from invitations.invitation where xmax = pg_current_xact_id()::xid")); // and nobody else's
    }

    [Fact]
    public async Task A_link_dies_with_the_status_whatever_else_the_row_says()
    {
        Assert.Equal("INVALID", await world.RunAsync("Superuser", null, null, LinksLeftBehind, "select outcome from invitations.accept(sha256('link of ivo'), null, gen_random_uuid(), 'x', 'x')"));
        Assert.Null(await world.RunAsync("Superuser", null, null, LinksLeftBehind, "select state from invitations.page(sha256('link of ivo'))"));
        Assert.Equal(0L, await world.RunAsync("Superuser", null, null, LinksLeftBehind,
            "select invitations.request_new(sha256('link of ezra'), md5('new')::uuid, sha256('new'), 'x')", "select count(*) from invitations.invitation where invitation_id = md5('new')::uuid"));
        Assert.Equal(0L, await world.RunAsync("Superuser", null, null, LinksLeftBehind, Claimed("ivo"), "select count(*) from invitations.mail_content((select max(id) from mail.attempt), md5('invitation ivo')::uuid)"));
        Assert.Equal("SENT", await world.RunAsync("Superuser", null, null, LinksLeftBehind,
            "update mail.outbox set state = 'SENDING' where id = md5('mail ivo')::uuid", "select detail from invitations.invitation where contact_id = md5('contact ivo')::uuid"));
        Assert.Equal("SENT", await world.RunAsync("Superuser", null, null, LinksLeftBehind, "update clients.client set status = 'INACTIVE' where number = 'A'",
            "update mail.outbox set state = 'SUPPRESSED' where id = md5('mail ivo')::uuid", "select detail from invitations.invitation where contact_id = md5('contact ivo')::uuid"));
    }

    [Theory]
    [InlineData("select 1", 1L)]
    [InlineData("update mail.attempt set outcome = 'SENT', finished_at = reserved_at", 0L)]
    [InlineData("update clients.client set status = 'INACTIVE' where number = 'A'", 0L)]
    [InlineData("select invitations.revoke(md5('contact ivo')::uuid, false)", 0L)]
    public async Task An_invitations_mail_is_told_to_the_worker_that_sends_it_now_while_it_stands(string before, long told)
    {
        Assert.Equal(told, await world.RunAsync("Superuser", "others", null, Claimed("ivo"), before, "select count(*) from invitations.mail_content((select max(id) from mail.attempt), md5('invitation ivo')::uuid)"));
        Assert.Equal(0L, await world.RunAsync("Superuser", null, null, Claimed("ezra"), "select count(*) from invitations.mail_content((select max(id) from mail.attempt), md5('invitation ivo')::uuid)"));
    }

    [Theory]
    [InlineData("ina", null)] // not active
    [InlineData("alice", "alice")]
    public async Task A_page_asks_for_the_password_of_an_active_sign_in_alone(string person, string? asked) => Assert.Equal(asked, await world.RunAsync("Superuser", null, null,
        $"update clients.contact set sign_in_key = '{person}@example.com' where name = 'ivo'", "select p.name from invitations.page(sha256('link of ivo')) x join accounts.person p on p.id = x.existing_person"));

    [Fact]
    public async Task What_is_over_does_not_expire_again()
    {
        const string Past = "update invitations.invitation set expires_at = now() - interval '1 day' where status <> 'INVITED'";
        Assert.Equal(1, await world.RunAsync("Superuser", null, null, Past, "select invitations.expire()"));
        Assert.Equal(0, await world.RunAsync("Superuser", null, null, Past, "select invitations.expire()", "select invitations.expire()"));
        Assert.Equal("EXPIRED", await world.RunAsync("Superuser", null, null, "select invitations.expire()", "update mail.outbox set state = 'SENDING', reference = md5('invitation ezra')::uuid where id = md5('mail ivo')::uuid",
            "select detail from invitations.invitation where contact_id = md5('contact ezra')::uuid"));
    }

    [Theory]
    [InlineData("alice", "ALREADY_ONBOARDED")]
    [InlineData("ivo", "ALREADY_INVITED")]
    [InlineData("ezra", "OK")]
    [InlineData("rita", "OK")] // revoked before her link's time was over
    [InlineData("ned", "INTERNAL_CLIENT")]
    [InlineData("sue", "INACTIVE_CLIENT")]
    public async Task Who_cannot_be_invited_is_not_and_the_answer_says_why(string contact, string outcome)
    {
        const string Scene = "update invitations.invitation set expires_at = now() + interval '1 day' where status = 'NOT_INVITED'; insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values (md5('contact sue')::uuid, md5('client S')::uuid, 'sue', 'sue@example.com', 'sue@example.com', 'sue@example.com')";
        Assert.Equal(outcome, await world.RunAsync("Superuser", "CLIENTS_INVITE", null, Scene, "delete from mail.outbox where reference = md5('invitation ivo')::uuid", $"select outcome from invitations.invite(md5('contact {contact}')::uuid, gen_random_uuid(), sha256('x'), '1 day', false, 'x')"));
        Assert.Equal(outcome == "OK" ? null : outcome, await world.RunAsync("Superuser", null, null, Scene,
            $"select invitations.obstacle(i.status, i.expires_at, k.internal, k.status, c.email) from clients.contact c join clients.client k on k.id = c.client_id left join invitations.invitation i on i.contact_id = c.id where c.name = '{contact}'"));
    }

    [Theory] // una, rita and bea were never invited, or no longer are; ned's client is internal
    [InlineData("null", 4, "OK")]
    [InlineData("null", 3, "TOO_MANY")]
    [InlineData("array[md5('client A')::uuid]", 2, "OK")]
    [InlineData("array[md5('client A')::uuid]", 1, "TOO_MANY")]
    [InlineData("array[md5('client A')::uuid, md5('client none')::uuid]", 4, "NOT_FOUND")]
    public async Task Inviting_all_is_refused_beyond_its_limit_and_writes_nothing_down(string clients, int limit, string outcome)
    {
        var call = $"select outcome from invitations.invite_many(md5('call')::uuid, 'all', '\\x01', null, {clients}, '7 days', {limit})";
        Assert.Equal(outcome, await world.RunAsync("Superuser", "CLIENTS_INVITE", null, call));
        Assert.Equal(outcome == "OK" ? 1L : 0L, await world.RunAsync("Superuser", "CLIENTS_INVITE", null, call, "select count(*) from invitations.bulk where id = md5('call')::uuid"));
    }

    [Theory]
    [InlineData("una", "NOT_INVITED")]
    [InlineData("rita", "NOT_INVITED")]
    [InlineData("ezra", "OK")]
    public async Task Only_an_invitation_that_stands_is_sent_again(string contact, string outcome) => Assert.Equal(outcome, await world.RunAsync("Superuser", "CLIENTS_INVITE", null,
        $"select outcome from invitations.invite(md5('contact {contact}')::uuid, gen_random_uuid(), sha256('x'), '1 day', true, 'x')"));

    [Theory]
    [InlineData("QUEUED", "THROTTLE", "THROTTLED")]
    [InlineData("SENDING", "THROTTLE", "SENDING")]
    [InlineData("QUEUED", "RETRY", "QUEUED")]
    [InlineData("SUPPRESSED", null, "SENT")] // stays as it was
    [InlineData("FAILED", null, "DELIVERY_FAILED")]
    public async Task An_invitation_says_what_its_mail_waits_for(string state, string? waitsFor, string detail) => Assert.Equal(detail, await world.RunAsync("Superuser", null, null,
        $"update mail.outbox set state = '{state}', waits_for = {(waitsFor is null ? "null" : $"'{waitsFor}'")} where id = md5('mail ivo')::uuid", "select detail from invitations.invitation where contact_id = md5('contact ivo')::uuid"));

    [Theory]
    [InlineData("ACTIVE", "ivo", "SENT", null)]
    [InlineData("INACTIVE", "ivo", "DELIVERY_FAILED", "INACTIVE_CLIENT")]
    [InlineData("INACTIVE", "ezra", "SENT", null)] // another's mail
    public async Task A_mail_that_never_left_because_the_client_was_inactive_is_told_from_one_that_was_replaced(string status, string contact, string detail, string? skipped)
    {
        var before = $"""
            insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, invitation_id, recipient_key)
              select md5('bulk')::uuid, n + 1, md5('contact ' || name)::uuid, md5('client A')::uuid, md5('invitation ' || name)::uuid, name from unnest(array['ivo', 'ezra']) with ordinality as x (name, n);
            update clients.client set status = '{status}' where number = 'A';
            update mail.outbox set state = 'SUPPRESSED' where id = md5('mail ivo')::uuid
            """;
        Assert.Equal(detail, await world.RunAsync("Superuser", null, null, before, $"select detail from invitations.invitation where contact_id = md5('contact {contact}')::uuid"));
        Assert.Equal(skipped, await world.RunAsync("Superuser", null, null, before, $"select skipped from invitations.bulk_row where contact_id = md5('contact {contact}')::uuid"));
    }

    [Fact]
    public async Task Another_address_takes_nothing_from_who_has_accepted() => Assert.Equal("ONBOARDED", await world.RunAsync("Superuser", null, null,
        "update clients.contact set email = 'x@example.com' where name = 'bob'", "select status from invitations.invitation where contact_id = md5('contact bob')::uuid"));

    [Theory]
    [InlineData("ivo", "invitation_not_at_internal_client")] // still open
    [InlineData("alice", "invitation_not_at_internal_client")] // whose link's time is over long since
    [InlineData("ezra", null)]
    public async Task A_client_with_an_open_invitation_or_access_does_not_become_internal(string contact, string? constraint)
    {
        var statements = new[] { $"delete from clients.contact where client_id = md5('client A')::uuid and name <> '{contact}'", "update invitations.invitation set expires_at = now() - interval '1 day' where status = 'ONBOARDED'", "update clients.client set internal = true where number = 'A'" };
        var refused = await Record.ExceptionAsync(() => world.RunAsync("Superuser", null, null, statements));
        Assert.Equal(constraint, (refused as Npgsql.PostgresException)?.ConstraintName);
    }

    [Fact]
    public async Task One_remembers_ones_own_memberships_alone()
    {
        foreach (var (token, contact, remembered) in new[] { ("token of alice", "alice at B", true), ("token of alice", "bob", false), ("ended token of alice", "alice", false) })
        {
            Assert.Equal(remembered ? 1L : 0L, await world.RunAsync("Superuser", null, null,
                $"select invitations.remember_membership('{token}', md5('contact {contact}')::uuid)", $"select count(*) from accounts.person where last_contact_id = md5('contact {contact}')::uuid"));
        }
    }

    private static string Claimed(string contact) => $"""
        insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, state) values (md5('mail')::uuid, 'INVITATION', md5('invitation {contact}')::uuid, 'x', 'x', 'x', 'x', 'SENT');
        insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker) values (md5('mail')::uuid, 'x', 1, now(), now() + interval '1 hour', 'worker')
        """;
}
