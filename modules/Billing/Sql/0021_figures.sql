-- Paid invoices are only counted: nothing is left to pay on them in any currency, so they are not told apart by it. For a client with
-- 200,000 of them, sorting them by currency was half of the dashboard.
create or replace view billing.figures with (security_invoker = true) as
select i.client_id, i.currency,
  case when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE' when i.paid > 0 then 'PARTIALLY_PAID' else 'ISSUED' end as status,
  count(*)::int as invoices, sum(i.total - i.paid)::bigint as outstanding
from billing.invoice_list i where i.status = 'ISSUED' and i.paid < i.total group by 1, 2, 3
union all
select i.client_id, null::text, 'PAID', count(*)::int, 0
from billing.invoice_list i where i.status = 'ISSUED' and i.paid >= i.total group by 1;
