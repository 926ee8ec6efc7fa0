using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What happens by itself, in the transaction of whoever made the change.</summary>
[Collection(nameof(World))]
public sealed class TriggerTests(World world)
{
    [Theory]
    [InlineData("CLIENT_CREATED", "insert into clients.client (id, number, name, currency) values (gen_random_uuid(), 'X', 'x', 'EUR')")]
    [InlineData("CLIENT_CHANGED", "update clients.client set name = 'x' where number = 'B'")]
    [InlineData("CONTACT_CREATED", "insert into clients.contact (id, client_id, name) select gen_random_uuid(), id, 'x' from clients.client where number = 'A'")]
    [InlineData("CONTACT_CHANGED", "update clients.contact set name = 'x' where name = 'bob'")]
    [InlineData("CONTACT_REMOVED", "delete from clients.contact where name = 'bea'")]
    [InlineData("CONTACT_ACCESS_SET", "insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'QUOTE', 'NONE' from clients.contact where name = 'alice'")]
    [InlineData("CONTACT_ACCESS_SET", "update clients.visibility set level = 'NONE' where contact_id = md5('contact bob')::uuid and kind = 'EVENT'")]
    [InlineData("RECORD_ACCESS_SET", "insert into clients.record_exception select client_id, id, 'INVOICE', md5('invoice A 2')::uuid, 'GRANTED' from clients.contact where name = 'alice'")]
    [InlineData("RECORD_ACCESS_SET", "delete from clients.record_exception where contact_id = md5('contact mia')::uuid")]
    [InlineData("PORTAL_ACCESS_REVOKED", "select invitations.revoke(md5('contact bob')::uuid, true)")]
    [InlineData("INVITATION_REVOKED", "select invitations.revoke(md5('contact ivo')::uuid, false)")]
    [InlineData("CONTACT_INVITED", "select invitations.invite(md5('contact una')::uuid, gen_random_uuid(), sha256('x'), '1 day', false, 'x')")]
    [InlineData("INVITATION_ENDED", "update clients.contact set email = 'x@example.com', recipient_key = 'x@example.com', sign_in_key = 'x@example.com' where name = 'ivo'")]
    [InlineData("STAFF_MEMBER_ADDED", "select accounts.add_staff(gen_random_uuid(), 'x', 'x@staff.example.com', 'x@staff.example.com', 'x', '{}', gen_random_uuid(), sha256('x'), 'x')")]
    [InlineData("STAFF_MEMBER_DEACTIVATED", "select accounts.deactivate_staff(md5('person others')::uuid)")]
    [InlineData("STAFF_PERMISSIONS_SET", "select accounts.set_staff_permissions(md5('person nothing')::uuid, '{PORTAL_PREVIEW}')")]
    [InlineData("STAFF_PERMISSIONS_SET", "select accounts.set_staff_permissions(md5('person AUDIT_VIEW')::uuid, '{}')")]
    [InlineData("PORTAL_PREVIEWED", "select clients.open_preview(md5('client A')::uuid, md5('contact alice')::uuid)")]
    public async Task Every_change_by_staff_is_in_the_audit_trail_with_who_made_it(string action, string sql)
    {
        // As the staff who may, whichever permission that takes.
        var person = sql.StartsWith("select", StringComparison.Ordinal) ? "others" : "CLIENTS_MANAGE";
        Assert.Equal(1L, await world.RunAsync("Superuser", person, null, "set local role portal_staff", sql, "set constraints all immediate", "reset role",
            $"select count(distinct actor) from audit.event where action = '{action}' and at >= now() and actor = '{person}'"));
    }

    [Theory]
    [InlineData("una was invited.", "select invitations.invite(md5('contact una')::uuid, gen_random_uuid(), sha256('x'), '1 day', false, 'x')")]
    [InlineData("ezra was sent a new link.", "select invitations.invite(md5('contact ezra')::uuid, gen_random_uuid(), sha256('x'), '1 day', true, 'x')")]
    [InlineData("ivo accepted the invitation.", "select invitations.accept(sha256('link of ivo'), null, gen_random_uuid(), 'x', 'x')")]
    [InlineData("bob no longer has portal access.", "select invitations.revoke(md5('contact bob')::uuid, true)")]
    [InlineData("The invitation of ivo was taken back.", "select invitations.revoke(md5('contact ivo')::uuid, false)")]
    [InlineData("The invitation of ivo ended: the address changed.", "update clients.contact set email = 'x@example.com' where name = 'ivo'")]
    public async Task The_audit_trail_says_in_words_who_was_let_in_or_put_out(string summary, string sql) => Assert.Equal(summary, await world.RunAsync("Superuser", "others", null,
        sql, "set constraints all immediate", "select summary from audit.event where at >= now() and action like any (array['%INVIT%', '%PORTAL_ACCESS%', '%ONBOARDED'])"));

    [Fact]
    public async Task Signing_in_is_in_the_audit_trail() => Assert.Equal(1L, await world.RunAsync("Superuser", null, null,
        "insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at) select gen_random_uuid(), sha256('x'), id, '1 day', now(), now() from accounts.person where name = 'bob'",
        "select count(*) from audit.event where action = 'SIGNED_IN' and at >= now() and actor = 'bob'"));

    [Theory]
    [InlineData("update audit.event set actor = 'x'")]
    [InlineData("delete from audit.event")]
    [InlineData("truncate audit.event")]
    public async Task The_audit_trail_is_only_ever_added_to(string sql)
    {
        foreach (var role in new[] { "portal_owner", "portal_door", "postgres" })
        {
            await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", null, null, $"set local role {role}", sql));
        }
    }

    [Fact]
    public async Task What_happened_to_a_contact_is_forgotten_after_two_years_and_not_before() => Assert.Equal(1L, await world.RunAsync("Superuser", null, null,
        "insert into invitations.event (contact_id, client_id, at, previous, status) select id, client_id, now() - interval '3 years', 'NOT_INVITED', 'INVITED' from clients.contact where name = 'rita'",
        "set local role portal_door", "delete from invitations.event"));

    [Theory]
    [InlineData("insert into invitations.invitation (contact_id, client_id, status, person_id) select id, client_id, 'ONBOARDED', md5('person alice')::uuid from clients.contact where name = 'una'", "ONBOARDED")]
    [InlineData("update invitations.invitation set status = 'NOT_INVITED', person_id = null where contact_id = md5('contact bob')::uuid", "NOT_INVITED")]
    public async Task Every_change_of_an_invitation_is_an_event(string sql, string status) =>
        Assert.Equal(1L, await world.RunAsync("Superuser", null, null, sql, "set constraints all immediate", $"select count(*) from invitations.event where at >= now() and status = '{status}'"));

    [Fact]
    public async Task Another_address_kills_the_link_and_its_mail() => Assert.Equal("NOT_INVITED ADDRESS_CHANGED SUPPRESSED", await world.RunAsync("Superuser", null, null,
        "update clients.contact set email = 'x@example.com' where name = 'ivo'",
        "select concat_ws(' ', i.status, i.detail, o.state) from invitations.invitation i, mail.outbox o where i.contact_id = md5('contact ivo')::uuid and i.token_hash is null and o.id = md5('mail ivo')::uuid"));

    [Fact]
    public async Task A_client_that_becomes_internal_loses_links_that_have_run_out_of_time() => Assert.Equal("NOT_INVITED EXPIRED", await world.RunAsync("Superuser", null, null,
        "delete from clients.contact where client_id = md5('client A')::uuid and name <> 'ezra'", "update clients.client set internal = true where number = 'A'",
        "select concat_ws(' ', status, detail) from invitations.invitation where contact_id = md5('contact ezra')::uuid"));

    [Fact]
    public async Task An_invitation_follows_its_mail() => Assert.Equal("SENDING", await world.RunAsync("Superuser", null, null,
        "update mail.outbox set state = 'SENDING' where id = md5('mail ivo')::uuid", "select detail from invitations.invitation where contact_id = md5('contact ivo')::uuid"));

    [Fact]
    public async Task A_payment_is_added_to_what_is_paid() => Assert.Equal(30L + 7, await world.RunAsync("Superuser", null, null,
        "insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method) values (gen_random_uuid(), md5('client A')::uuid, md5('invoice A 2')::uuid, 'X', '2026-01-01', 7, 'Card')",
        "select paid from billing.invoice where number = 'I-A-2'"));

    [Theory]
    [InlineData("delete from accounts.staff_permission where permission = 'STAFF_MANAGE'")]
    [InlineData("update accounts.staff_permission set permission = 'AUDIT_VIEW' where permission = 'STAFF_MANAGE' and person_id not in (select person_id from accounts.staff_permission where permission = 'AUDIT_VIEW'); delete from accounts.staff_permission where permission = 'STAFF_MANAGE'")]
    [InlineData("update accounts.person set active = false where member_type = 'STAFF'")]
    [InlineData("update accounts.person set password_hash = null where member_type = 'STAFF'")]
    public async Task The_last_who_can_manage_staff_stays(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", null, null, sql, "set constraints all immediate"));
        Assert.Equal("staff_keeps_a_manager", refused.ConstraintName);
    }

    [Theory]
    [InlineData("clients.contact", "clients.visibility")]
    [InlineData("clients.contact", "clients.addressee")]
    [InlineData("clients.contact", "clients.record_exception")]
    [InlineData("clients.contact", "invitations.invitation")]
    public async Task What_was_set_for_a_contact_goes_with_them(string of, string table) => Assert.Equal(0L, await world.RunAsync("Superuser", null, null,
        $"delete from {of}", $"select count(*) from {table}"));
}
