grant usage on schema billing to portal_contact, portal_staff, portal_import;

-- Contacts. Of the client; past draft; all of the kind, or this one in particular; never one that is withheld.
-- The permissive rule is written so that no index can serve it: PostgreSQL would join both of its halves in a bitmap and sort
-- every invoice of the client for one page (267 ms of 200,000), where walking invoice_newest takes below 1 ms.
grant select (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax, total, paid, public_note, sorted_on) on billing.invoice to portal_contact;
create policy own_client on billing.invoice as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy issued on billing.invoice as restrictive for select to portal_contact using (status <> 'DRAFT');
create policy not_withheld on billing.invoice as restrictive for select to portal_contact using (id <> all ((select ctx.withheld('INVOICE'))::uuid[]));
create policy entitled on billing.invoice for select to portal_contact
  using ((select ctx.level('INVOICE')) = 'ALL' or id in (select unnest((select ctx.singled_out('INVOICE')))));
grant select on billing.invoice_today to portal_contact, portal_staff;

-- Lines are visible with their invoice.
grant select on billing.invoice_line to portal_contact;
create policy own_client on billing.invoice_line as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy with_invoice on billing.invoice_line for select to portal_contact
  using (exists (select from billing.invoice i where i.client_id = invoice_line.client_id and i.id = invoice_line.invoice_id));

-- Payments are visible with their invoice, unless payments are hidden from this contact or this payment is withheld.
grant select on billing.payment to portal_contact;
create policy own_client on billing.payment as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy with_invoice on billing.payment as restrictive for select to portal_contact
  using (exists (select from billing.invoice i where i.client_id = payment.client_id and i.id = payment.invoice_id));
create policy not_withheld on billing.payment as restrictive for select to portal_contact using (id <> all ((select ctx.withheld('PAYMENT'))::uuid[]));
create policy entitled on billing.payment for select to portal_contact
  using ((select ctx.level('PAYMENT')) = 'ALL' or id in (select unnest((select ctx.singled_out('PAYMENT')))));

-- Staff.
grant select on billing.invoice, billing.invoice_line, billing.payment to portal_staff;
create policy staff_read on billing.invoice for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on billing.invoice_line for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on billing.payment for select to portal_staff using ((select ctx.is_staff()));

-- The import.
grant select, insert on billing.invoice, billing.invoice_line, billing.payment to portal_import;
grant update (paid) on billing.invoice to portal_import;
grant execute on function billing.add_to_paid() to portal_import, portal_staff;
create policy import on billing.invoice to portal_import using (true) with check (true);
create policy import on billing.invoice_line to portal_import using (true) with check (true);
create policy import on billing.payment to portal_import using (true) with check (true);
