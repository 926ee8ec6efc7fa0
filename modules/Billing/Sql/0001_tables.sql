create schema billing;

-- Amounts are whole minor units (cents, yen) of the invoice's currency.
create table billing.invoice (
  id uuid primary key,
  client_id uuid not null references clients.client,
  number text not null constraint invoice_number_length check (length(number) between 1 and 60),
  status text not null default 'DRAFT' constraint invoice_status check (status in ('DRAFT', 'ISSUED', 'VOID')),
  issued_on date,
  due_on date,
  currency text not null constraint invoice_currency check (currency ~ '^[A-Z]{3}$'),
  subtotal bigint not null default 0,
  tax bigint not null default 0,
  total bigint not null generated always as (subtotal + tax) stored,
  paid bigint not null default 0,                          -- the sum of its payments, kept by a trigger
  public_note text,
  internal_note text,
  created_at timestamptz not null default now(),
  sorted_on date not null generated always as (coalesce(issued_on, date 'infinity')) stored,   -- drafts first
  constraint invoice_number unique (number),
  constraint invoice_of_client unique (client_id, id),
  constraint invoice_issued_on check (status = 'DRAFT' or issued_on is not null),
  constraint invoice_issued_before check (issued_on < date '9999-12-31')   -- .NET's last day stands for infinity on its way here
);
create index invoice_newest on billing.invoice (client_id, sorted_on desc, id desc);
-- All that the figures of a dashboard read, without the table itself.
create index invoice_figures on billing.invoice (client_id, currency) include (id, status, due_on, total, paid);
create index invoice_unpaid on billing.invoice (client_id, due_on) where status = 'ISSUED' and paid < subtotal + tax;

create table billing.invoice_line (
  client_id uuid not null,
  invoice_id uuid not null,
  position int not null,
  description text not null,
  quantity numeric not null,
  unit_price bigint not null,
  tax_rate numeric not null constraint invoice_line_tax_rate check (tax_rate between 0 and 100),
  amount bigint not null,                                   -- quantity × unit price, rounded half to even
  primary key (invoice_id, position),
  constraint invoice_line_of_invoice foreign key (client_id, invoice_id) references billing.invoice (client_id, id) on delete cascade
);

create table billing.payment (
  id uuid primary key,
  client_id uuid not null,
  invoice_id uuid not null,
  number text not null constraint payment_number_length check (length(number) between 1 and 60),
  received_on date not null,
  amount bigint not null,
  method text not null,
  constraint payment_number unique (number),
  constraint payment_of_client unique (client_id, id),
  constraint payment_of_invoice foreign key (client_id, invoice_id) references billing.invoice (client_id, id)
);
create index payment_invoice on billing.payment (invoice_id, received_on, id);

alter table billing.invoice enable row level security, force row level security;
alter table billing.invoice_line enable row level security, force row level security;
alter table billing.payment enable row level security, force row level security;

-- Payments are only ever added; whoever adds them may update the invoice.
create function billing.add_to_paid() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update billing.invoice i set paid = i.paid + p.amount
  from (select n.invoice_id, sum(n.amount) as amount from added n group by n.invoice_id) p where i.id = p.invoice_id;
  return null;
end $$;
create trigger add_to_paid after insert on billing.payment referencing new table as added for each statement execute function billing.add_to_paid();
