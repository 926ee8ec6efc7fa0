-- How other modules know these records: whose they are, whether they are published, what they are called.
create view billing.invoice_record with (security_invoker = true) as
  select i.id, i.client_id, i.status <> 'DRAFT' as published, i.number as title, null::text as within_kind, null::uuid as within_id from billing.invoice i;
create view billing.payment_record with (security_invoker = true) as
  select p.id, p.client_id, true as published, p.number as title, 'INVOICE' as within_kind, p.invoice_id as within_id from billing.payment p;

grant usage on schema billing to portal_ctx;
grant select (id, client_id, status, number) on billing.invoice to portal_ctx;
grant select (id, client_id, number, invoice_id) on billing.payment to portal_ctx;
grant select on billing.invoice_record, billing.payment_record to portal_ctx;
create policy ctx_reads on billing.invoice for select to portal_ctx using (true);
create policy ctx_reads on billing.payment for select to portal_ctx using (true);

insert into clients.record_source (kind, type_name, view_schema, view_name) values
  ('INVOICE', 'Invoice', 'billing', 'invoice_record'), ('PAYMENT', 'Payment', 'billing', 'payment_record');
