using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What the tables themselves refuse, even to a superuser. The first of each case is the constraint that must refuse.</summary>
[Collection(nameof(World))]
public sealed class ConstraintTests(World world)
{
    [Theory]
    [InlineData("person_member_type", "update accounts.person set member_type = 'GUEST'")]
    [InlineData("person_name", "update accounts.person set name = ''")]
    [InlineData("staff_permission_name", "insert into accounts.staff_permission select id, 'EVERYTHING' from accounts.person where name = 'nothing'")]
    [InlineData("session_token_hash", "update accounts.session set token_hash = '\\x00'")]
    [InlineData("link_kind", "update accounts.link set kind = 'OTHER'")]
    [InlineData("link_new_email", "update accounts.link set new_email = 'x@example.com'")]
    [InlineData("link_token_hash", "update accounts.link set token_hash = '\\x00'")]
    [InlineData("client_currency", "update clients.client set currency = 'eur'")]
    [InlineData("client_name_length", "update clients.client set name = ''")]
    [InlineData("client_number_length", "update clients.client set number = '' where number = 'A'")]
    [InlineData("client_status", "update clients.client set status = 'OTHER'")]
    [InlineData("contact_email_complete", "update clients.contact set recipient_key = null where name = 'una'")]
    [InlineData("contact_name_length", "update clients.contact set name = ''")]
    [InlineData("visibility_kind", "update clients.visibility set kind = 'OTHER' where kind = 'EVENT'")]
    [InlineData("visibility_level", "update clients.visibility set level = 'SOME'")]
    [InlineData("record_exception_value", "update clients.record_exception set exception = 'PERHAPS'")]
    [InlineData("invitation_detail", "update invitations.invitation set detail = 'OTHER'")]
    [InlineData("invitation_link_while_invited", "update invitations.invitation set token_hash = null where status = 'INVITED'")]
    [InlineData("invitation_link_while_invited", "update invitations.invitation set token_hash = sha256('x') where status = 'NOT_INVITED'")]
    [InlineData("invitation_person_while_onboarded", "update invitations.invitation set person_id = null where status = 'ONBOARDED'")]
    [InlineData("invitation_status", "update invitations.invitation set status = 'OTHER' where status = 'NOT_INVITED'")]
    [InlineData("invitation_token_hash", "update invitations.invitation set token_hash = '\\x00' where status = 'INVITED'")]
    [InlineData("invitation_lives", "update invitations.invitation set expires_in = '31 days' where status = 'INVITED'")]
    [InlineData("invitation_lives", "update invitations.invitation set expires_in = '23 hours' where status = 'INVITED'")]
    [InlineData("bulk_lives", "update invitations.bulk set expires_in = '31 days'")]
    [InlineData("bulk_lives", "update invitations.bulk set expires_in = '0'")]
    [InlineData("bulk_placed", "update invitations.bulk set placed = -1")]
    [InlineData("bulk_key_length", "update invitations.bulk set idempotency_key = ''")]
    [InlineData("bulk_row_one_outcome", "update invitations.bulk_row set invitation_id = gen_random_uuid()")]
    [InlineData("bulk_row_skipped", "update invitations.bulk_row set skipped = 'OTHER'")]
    [InlineData("invoice_currency", "update billing.invoice set currency = 'E'")]
    [InlineData("invoice_issued_before", "update billing.invoice set issued_on = 'infinity'")]
    [InlineData("invoice_issued_on", "update billing.invoice set issued_on = null where status = 'ISSUED'")]
    [InlineData("invoice_number_length", "update billing.invoice set number = '' where number = 'I-A-1'")]
    [InlineData("invoice_status", "update billing.invoice set status = 'PAID'")]
    [InlineData("invoice_line_tax_rate", "update billing.invoice_line set tax_rate = 101")]
    [InlineData("payment_number_length", "update billing.payment set number = '' where number = 'P-I-A-2-1'")]
    [InlineData("project_code_length", "update projects.project set code = '' where code = 'J-A-1'")]
    [InlineData("project_currency", "update projects.project set currency = 'E'")]
    [InlineData("project_name_length", "update projects.project set name = ''")]
    [InlineData("project_progress", "update projects.project set progress = 101")]
    [InlineData("project_status", "update projects.project set status = 'OTHER'")]
    [InlineData("ticket_currency", "update projects.ticket set currency = 'E'")]
    [InlineData("ticket_hours", "update projects.ticket set hours = -1")]
    [InlineData("ticket_invoiced", "update projects.ticket set status = 'INVOICED' where status = 'APPROVED'")]
    [InlineData("ticket_invoiced", "update projects.ticket set status = 'APPROVED' where status = 'INVOICED'")]
    [InlineData("ticket_number_length", "update projects.ticket set number = '' where number = 'T-A-1'")]
    [InlineData("ticket_status", "update projects.ticket set status = 'OTHER' where status = 'DRAFT'")]
    [InlineData("ticket_title_length", "update projects.ticket set title = ''")]
    [InlineData("ticket_worked_before", "update projects.ticket set worked_on = 'infinity'")]
    [InlineData("event_ends_after_start", "update calendar.event set ends_at = starts_at - interval '1 second'")]
    [InlineData("event_kind", "update calendar.event set kind = 'PARTY'")]
    [InlineData("event_title_length", "update calendar.event set title = ''")]
    [InlineData("event_action", "insert into audit.event (actor, action, summary) values ('x', 'lower case', 'x')")]
    [InlineData("outbox_state", "update mail.outbox set state = 'LOST'")]
    [InlineData("outbox_waits_for", "update mail.outbox set waits_for = 'GODOT'")]
    [InlineData("outbox_one_pending_mail_per_reference", "insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject) select gen_random_uuid(), kind, reference, recipient_key, to_address, to_name, subject from mail.outbox where state = 'QUEUED'")]
    [InlineData("attempt_finish_only_shortens", "update mail.attempt set finished_at = lease_until + interval '1 second'")]
    [InlineData("attempt_lease", "update mail.attempt set lease_until = reserved_at, finished_at = null")]
    [InlineData("attempt_outcome", "update mail.attempt set outcome = 'LOST'")]
    [InlineData("attempt_slot", "update mail.attempt set slot = 6")]
    public Task A_value_out_of_its_range_is_refused(string constraint, string sql) => RefusedAsync(constraint, sql);

    [Theory]
    [InlineData("staff_permission_person_id_fkey", "insert into accounts.staff_permission values (gen_random_uuid(), 'AUDIT_VIEW')")]
    [InlineData("session_person_id_fkey", "update accounts.session set person_id = gen_random_uuid()")]
    [InlineData("link_person_id_fkey", "update accounts.link set person_id = gen_random_uuid()")]
    [InlineData("contact_client_id_fkey", "insert into clients.contact (id, client_id, name) values (gen_random_uuid(), gen_random_uuid(), 'x')")]
    [InlineData("visibility_contact", "update clients.visibility set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("addressee_contact", "update clients.addressee set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("record_exception_contact", "update clients.record_exception set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("invitation_of_contact", "update invitations.invitation set client_id = (select id from clients.client where number = 'B') where contact_id = md5('contact rita')::uuid")]
    [InlineData("invitation_person_id_fkey", "update invitations.invitation set person_id = gen_random_uuid() where status = 'ONBOARDED'")]
    [InlineData("invitation_not_at_internal_client", "update clients.client set internal = true where number = 'A'")]
    [InlineData("invitation_not_at_internal_client", "insert into invitations.invitation (contact_id, client_id, status, person_id) select id, client_id, 'ONBOARDED', md5('person alice')::uuid from clients.contact where name = 'ned'")]
    [InlineData("event_of_contact", "insert into invitations.event (contact_id, client_id, previous, status) values (md5('contact alice')::uuid, md5('client B')::uuid, 'NOT_INVITED', 'INVITED')")]
    [InlineData("bulk_staff_id_fkey", "update invitations.bulk set staff_id = gen_random_uuid()")]
    [InlineData("bulk_row_bulk_id_fkey", "update invitations.bulk_row set bulk_id = gen_random_uuid()")]
    [InlineData("bulk_row_contact", "update invitations.bulk_row set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("invoice_client_id_fkey", "insert into billing.invoice (id, client_id, number, currency) values (gen_random_uuid(), gen_random_uuid(), 'X', 'EUR')")]
    [InlineData("invoice_line_of_invoice", "update billing.invoice_line set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("payment_of_invoice", "update billing.payment set client_id = (select id from clients.client where number = 'N')")]
    [InlineData("project_client_id_fkey", "insert into projects.project (id, client_id, code, name, currency) values (gen_random_uuid(), gen_random_uuid(), 'X', 'x', 'EUR')")]
    [InlineData("ticket_client_id_fkey", "insert into projects.ticket (id, client_id, number, title, currency) values (gen_random_uuid(), gen_random_uuid(), 'X', 'x', 'EUR')")]
    [InlineData("ticket_internal_assignee_id_fkey", "update projects.ticket set internal_assignee_id = gen_random_uuid()")]
    [InlineData("ticket_of_project", "update projects.ticket set project_id = md5('project B 1')::uuid where number = 'T-A-1'")]
    [InlineData("ticket_on_invoice", "update projects.ticket set invoice_id = md5('invoice B 2')::uuid where number = 'T-A-5'")]
    [InlineData("event_client_id_fkey", "insert into calendar.event (id, client_id, kind, title, starts_at, ends_at) values (gen_random_uuid(), gen_random_uuid(), 'OTHER', 'x', now(), now())")]
    [InlineData("event_of_project", "update calendar.event set project_id = md5('project B 1')::uuid where id = md5('event A 1')::uuid")]
    [InlineData("attempt_outbox_id_fkey", "update mail.attempt set outbox_id = gen_random_uuid()")]
    public Task A_row_of_another_client_or_of_nobody_is_not_referred_to(string constraint, string sql) => RefusedAsync(constraint, sql);

    [Theory]
    [InlineData("person_email", "update accounts.person set email_key = 'alice@example.com' where name = 'bob'")]
    [InlineData("session_token", "update accounts.session set token_hash = sha256('x')")]
    [InlineData("link_one_of_a_kind", "update accounts.link set person_id = md5('person bob')::uuid")]
    [InlineData("link_token", "update accounts.link set token_hash = sha256('x')")]
    [InlineData("client_number", "update clients.client set number = 'A' where number = 'B'")]
    [InlineData("record_source_type", "insert into clients.record_source values ('OTHER', 'Invoice', 'billing', 'invoice_record')")]
    [InlineData("invitation_link", "update invitations.invitation set invitation_id = md5('x')::uuid where status = 'INVITED'")]
    [InlineData("invitation_token", "update invitations.invitation set token_hash = sha256('x') where status = 'INVITED'")]
    [InlineData("bulk_once", "insert into invitations.bulk select gen_random_uuid(), staff_id, by_name, idempotency_key, arguments, expires_in from invitations.bulk")]
    [InlineData("bulk_row_once", "insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, skipped) select bulk_id, 2, contact_id, client_id, skipped from invitations.bulk_row")]
    [InlineData("bulk_row_one_mail_a_mailbox", "insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, recipient_key, invitation_id) select md5('bulk')::uuid, 2 + row_number() over (), id, client_id, 'x', gen_random_uuid() from clients.contact where name in ('alice', 'adam')")]
    [InlineData("invoice_number", "update billing.invoice set number = 'I-A-1' where number = 'I-A-2'")]
    [InlineData("payment_number", "update billing.payment set number = 'P-I-A-2-1' where number = 'P-I-A-2-2'")]
    [InlineData("project_code", "update projects.project set code = 'J-A-1' where code = 'J-A-2'")]
    [InlineData("ticket_number", "update projects.ticket set number = 'T-A-1' where number = 'T-A-2'")]
    public Task What_must_be_one_alone_is_not_there_twice(string constraint, string sql) => RefusedAsync(constraint, sql);

    private static string Attempt(int slot, string later) => $"insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker) select outbox_id, recipient_key, {slot}, reserved_at + interval '{later}', lease_until + interval '{later}', finished_at + interval '{later}', outcome, worker from mail.attempt";

    [Theory]
    [InlineData("one_minute_between_mails", 2, "00:01:59", "00:02:00")]
    [InlineData("five_mails_in_24_hours", 1, "24:00:59", "24:01:00")]
    public async Task A_mail_within_the_limits_window_is_refused_and_one_behind_it_is_not(string constraint, int slot, string within, string behind)
    {
        await RefusedAsync(constraint, Attempt(slot, within));
        Assert.Equal(1L, await world.RunAsync("Superuser", null, null, Attempt(slot, behind)));
    }

    // Referred to by other tables together with the client's id; without them those could not be.
    [Theory]
    [InlineData("clients.client", "client_internal")]
    [InlineData("clients.contact", "contact_of_client")]
    [InlineData("billing.invoice", "invoice_of_client")]
    [InlineData("billing.payment", "payment_of_client")]
    [InlineData("projects.project", "project_of_client")]
    [InlineData("projects.ticket", "ticket_of_client")]
    [InlineData("calendar.event", "event_of_client")]
    public async Task A_record_can_be_referred_to_together_with_its_client(string table, string constraint) =>
        Assert.Equal(1L, await world.RunAsync("Superuser", null, null, $"select count(*) from pg_constraint where conrelid = '{table}'::regclass and conname = '{constraint}' and contype = 'u'"));

    private async Task RefusedAsync(string constraint, string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync("Superuser", null, null, sql, "set constraints all immediate"));
        Assert.Equal(constraint, refused.ConstraintName);
    }
}
