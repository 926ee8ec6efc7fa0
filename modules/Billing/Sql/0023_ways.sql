-- Policies: Clients/Sql/0023_all_but.sql.
drop policy not_withheld on billing.invoice;
drop policy entitled on billing.invoice;
create policy entitled on billing.invoice for select to portal_contact using (
  id <> all ((select ctx.all_but('INVOICE'))::uuid[])
  or id <> all ((select ctx.withheld('INVOICE'))::uuid[]) and (
    id = any ((select ctx.granted('INVOICE'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('INVOICE')) and a.kind = 'INVOICE' and a.record_id = invoice.id)));
drop policy not_withheld on billing.payment;
drop policy entitled on billing.payment;
create policy entitled on billing.payment for select to portal_contact using (
  id <> all ((select ctx.all_but('PAYMENT'))::uuid[])
  or id <> all ((select ctx.withheld('PAYMENT'))::uuid[]) and (
    id = any ((select ctx.granted('PAYMENT'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('PAYMENT')) and a.kind = 'PAYMENT' and a.record_id = payment.id)));

-- Two ways to the same rows: NAME walks the client's records, NAME_list starts from what names the contact where they see some of the
-- kind. The host takes the first for staff and for who sees all of the kind, and need not prepare the second then, which took a third
-- of a dashboard. Policies decide who sees what, whichever way a row is found.
alter view billing.invoice_today rename to invoice_today_list;
alter view billing.figures rename to figures_list;

create view billing.invoice_today with (security_invoker = true) as
select i.id, i.client_id, i.number, i.issued_on, i.due_on, i.currency, i.subtotal, i.tax, i.total, i.paid, i.public_note, i.sorted_on,
  case
    when i.status <> 'ISSUED' then i.status
    when i.paid >= i.total then 'PAID'
    when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE'
    when i.paid > 0 then 'PARTIALLY_PAID'
    else 'ISSUED'
  end as status,
  case when i.status = 'VOID' then 0 else i.total - i.paid end as balance,
  i.status = 'ISSUED' and i.paid < i.total as owed
from billing.invoice i;

create view billing.figures with (security_invoker = true) as
select i.client_id, i.currency,
  case when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE' when i.paid > 0 then 'PARTIALLY_PAID' else 'ISSUED' end as status,
  count(*)::int as invoices, sum(i.total - i.paid)::bigint as outstanding
from billing.invoice i where i.status = 'ISSUED' and i.paid < i.total group by 1, 2, 3
union all
select i.client_id, null::text, 'PAID', count(*)::int, 0
from billing.invoice i where i.status = 'ISSUED' and i.paid >= i.total group by 1;
grant select on billing.invoice_today, billing.figures to portal_contact, portal_staff;
