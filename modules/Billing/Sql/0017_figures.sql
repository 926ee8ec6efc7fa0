-- The paid, of whom a large client has most, are counted on each of the two ways to the invoices by itself (Clients/Sql/0006_access.sql says
-- which; only one is ever gone): on both together, each passed through two steps more. Policies decide on either way.
create or replace view billing.invoice_list with (security_invoker = true) as
select r.id, r.client_id, r.number, r.status, r.issued_on, r.due_on, r.currency, r.subtotal, r.tax, r.total, r.paid, r.public_note, r.sorted_on, r.picked
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

create or replace view billing.figures with (security_invoker = true) as
select i.client_id, i.currency,
  case when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE' when i.paid > 0 then 'PARTIALLY_PAID' else 'ISSUED' end as status,
  count(*)::int as invoices, sum(i.total - i.paid)::bigint as outstanding
from billing.invoice_list i where i.status = 'ISSUED' and i.paid < i.total group by 1, 2, 3
union all
select r.client_id, r.currency, 'PAID', count(*)::int, 0
from billing.invoice r where not (select ctx.picks('INVOICE')) and r.status = 'ISSUED' and r.paid >= r.total group by 1, 2
union all
select i.client_id, i.currency, 'PAID', count(*)::int, 0
from billing.invoice_list i where i.picked and i.status = 'ISSUED' and i.paid >= i.total group by 1, 2;
