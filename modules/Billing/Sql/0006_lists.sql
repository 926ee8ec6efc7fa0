-- A list of invoices costs its page, whoever asks. How: Clients/Sql/0006_access.sql.

drop policy entitled on billing.invoice;
create policy entitled on billing.invoice for select to portal_contact using (
  (select ctx.level('INVOICE')) = 'ALL'
  or id = any ((select ctx.granted('INVOICE'))::uuid[])
  or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('INVOICE')) and a.kind = 'INVOICE' and a.record_id = invoice.id));
drop policy entitled on billing.payment;
create policy entitled on billing.payment for select to portal_contact using (
  (select ctx.level('PAYMENT')) = 'ALL'
  or id = any ((select ctx.granted('PAYMENT'))::uuid[])
  or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('PAYMENT')) and a.kind = 'PAYMENT' and a.record_id = payment.id));

-- In the order of lists, with all that filters by status, counts and figures read: those need not look at the table.
-- For staff, for contacts (who see no drafts), and for what is owed.
drop index billing.invoice_newest;
create index invoice_newest on billing.invoice (client_id, sorted_on desc, id desc) include (status, due_on, total, paid);
create index invoice_issued on billing.invoice (client_id, sorted_on desc, id desc) include (status, due_on, total, paid) where status <> 'DRAFT';
create index invoice_owed on billing.invoice (client_id, sorted_on desc, id desc) include (status, due_on, total, paid, currency) where status = 'ISSUED' and paid < total;
create index invoice_paid on billing.invoice (client_id, currency) include (id) where status = 'ISSUED' and paid >= total;
drop index billing.invoice_figures;
drop index billing.invoice_unpaid;

-- The invoice's day beside what names it. What contacts do not see comes last, where no page passes it.
grant usage on schema billing to portal_door;
grant select (id, status, sorted_on) on billing.invoice to portal_door;
create policy door on billing.invoice for select to portal_door using (true);
grant create on schema billing to portal_door;
set role portal_door;
create function billing.give_invoice_day() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.day := coalesce((select case when r.status <> 'DRAFT' then r.sorted_on else '-infinity' end from billing.invoice r where r.id = new.record_id), new.day);
  return new;
end $$;
create function billing.invoice_day_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update clients.addressee a set day = d.day
  from (select r.id, case when r.status <> 'DRAFT' then r.sorted_on else '-infinity' end as day from changed r) d where a.kind = 'INVOICE' and a.record_id = d.id and a.day <> d.day;
  update clients.record_exception e set day = d.day
  from (select r.id, case when r.status <> 'DRAFT' then r.sorted_on else '-infinity' end as day from changed r) d where e.kind = 'INVOICE' and e.record_id = d.id and e.day <> d.day;
  return null;
end $$;
grant execute on function billing.give_invoice_day(), billing.invoice_day_changed() to portal_owner;
set role portal_owner;
revoke create on schema billing from portal_door;
create trigger invoice_day before insert on clients.addressee for each row when (new.kind = 'INVOICE') execute function billing.give_invoice_day();
create trigger invoice_day before insert on clients.record_exception for each row when (new.kind = 'INVOICE') execute function billing.give_invoice_day();
create trigger day_of_new after insert on billing.invoice referencing new table as changed for each statement execute function billing.invoice_day_changed();
create trigger day_of_changed after update on billing.invoice referencing new table as changed for each statement execute function billing.invoice_day_changed();

-- Those that are there already. No role may change them all: the owner for once.
alter table clients.addressee no force row level security;
alter table clients.record_exception no force row level security, disable trigger audit_change;
alter table billing.invoice no force row level security;
update clients.addressee a set day = r.sorted_on from billing.invoice r where a.kind = 'INVOICE' and r.id = a.record_id and r.status <> 'DRAFT';
update clients.record_exception e set day = r.sorted_on from billing.invoice r where e.kind = 'INVOICE' and r.id = e.record_id and r.status <> 'DRAFT';
alter table clients.addressee force row level security;
alter table clients.record_exception force row level security, enable trigger audit_change;
alter table billing.invoice force row level security;

create view billing.invoice_list with (security_invoker = true) as
select r.id, r.client_id, r.number, r.status, r.issued_on, r.due_on, r.currency, r.subtotal, r.tax, r.total, r.paid, r.public_note, r.sorted_on
from (
  select false as picked, r.id, r.client_id, r.number, r.status, r.issued_on, r.due_on, r.currency, r.subtotal, r.tax, r.total, r.paid, r.public_note, r.sorted_on
  from billing.invoice r
  union all
  (select true, k.record_id, r.client_id, r.number, r.status, r.issued_on, r.due_on, r.currency, r.subtotal, r.tax, r.total, r.paid, r.public_note, k.day
  from (
    (select a.record_id, a.day from clients.addressee a where a.contact_id = (select ctx.addressed('INVOICE')) and a.kind = 'INVOICE'
      order by a.day desc, a.record_id desc)
    union all
    select g.record_id, g.day from ctx.granted_apart('INVOICE') g) k
  cross join lateral (
    select x.client_id, x.number, x.status, x.issued_on, x.due_on, x.currency, x.subtotal, x.tax, x.total, x.paid, x.public_note
    from billing.invoice x where x.id = k.record_id and x.number <> '' offset 0) r
  order by k.day desc, k.record_id desc)
) r
where r.picked = (select ctx.picks('INVOICE'));
grant select on billing.invoice_list to portal_contact, portal_staff;

-- As before, from the list.
create or replace view billing.invoice_today with (security_invoker = true) as
select i.id, i.client_id, i.number, i.issued_on, i.due_on, i.currency, i.subtotal, i.tax, i.total, i.paid, i.public_note, i.sorted_on,
  case
    when i.status <> 'ISSUED' then i.status
    when i.paid >= i.total then 'PAID'
    when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE'
    when i.paid > 0 then 'PARTIALLY_PAID'
    else 'ISSUED'
  end as status,
  case when i.status = 'VOID' then 0 else i.total - i.paid end as balance,
  i.status = 'ISSUED' and i.paid < i.total as owed           -- ISSUED, PARTIALLY_PAID or OVERDUE, as an index knows it
from billing.invoice_list i;

-- How many invoices of a status there are, and what is left to pay on them, for dashboards: what is owed, and what is paid.
create view billing.figures with (security_invoker = true) as
select i.client_id, i.currency,
  case when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE' when i.paid > 0 then 'PARTIALLY_PAID' else 'ISSUED' end as status,
  count(*)::int as invoices, sum(i.total - i.paid)::bigint as outstanding
from billing.invoice_list i where i.status = 'ISSUED' and i.paid < i.total group by 1, 2, 3
union all
select i.client_id, i.currency, 'PAID', count(*)::int, 0
from billing.invoice_list i where i.status = 'ISSUED' and i.paid >= i.total group by 1, 2;
grant select on billing.figures to portal_contact, portal_staff;
