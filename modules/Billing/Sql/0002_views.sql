-- Invoices as they stand today. The one place that derives a status: what a list shows and what a filter finds are the same.
-- Only columns that contacts may select, read under the rights of whoever asks.
create view billing.invoice_today with (security_invoker = true) as
select i.id, i.client_id, i.number, i.issued_on, i.due_on, i.currency, i.subtotal, i.tax, i.total, i.paid, i.public_note, i.sorted_on,
  case
    when i.status <> 'ISSUED' then i.status
    when i.paid >= i.total then 'PAID'
    when i.due_on < (select (now() at time zone 'UTC')::date) then 'OVERDUE'
    when i.paid > 0 then 'PARTIALLY_PAID'
    else 'ISSUED'
  end as status,
  case when i.status = 'VOID' then 0 else i.total - i.paid end as balance
from billing.invoice i;
