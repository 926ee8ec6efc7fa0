create schema projects;

create table projects.project (
  id uuid primary key,
  client_id uuid not null references clients.client,
  code text not null constraint project_code_length check (length(code) between 1 and 60),
  name text not null constraint project_name_length check (length(name) between 1 and 200),
  description text,
  status text not null default 'PLANNED' constraint project_status check (status in ('PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED')),
  progress int not null default 0 constraint project_progress check (progress between 0 and 100),
  starts_on date,
  due_on date,
  currency text not null constraint project_currency check (currency ~ '^[A-Z]{3}$'),
  internal_budget bigint,                                   -- whole minor units
  internal_note text,
  created_at timestamptz not null default now(),
  constraint project_code unique (code),
  constraint project_of_client unique (client_id, id)
);
create index project_name on projects.project (client_id, name, id);

create table projects.ticket (
  id uuid primary key,
  client_id uuid not null references clients.client,
  project_id uuid,
  number text not null constraint ticket_number_length check (length(number) between 1 and 60),
  title text not null constraint ticket_title_length check (length(title) between 1 and 300),
  description text,
  status text not null default 'DRAFT' constraint ticket_status check (status in ('DRAFT', 'SUBMITTED', 'APPROVED', 'INVOICED', 'REJECTED')),
  worked_on date,
  approved_at timestamptz,
  hours numeric constraint ticket_hours check (hours >= 0),
  currency text not null constraint ticket_currency check (currency ~ '^[A-Z]{3}$'),
  internal_cost bigint,                                     -- whole minor units
  internal_assignee_id uuid references accounts.person,
  invoice_id uuid,
  created_at timestamptz not null default now(),
  sorted_on date not null generated always as (coalesce(worked_on, date 'infinity')) stored,
  constraint ticket_number unique (number),
  constraint ticket_of_client unique (client_id, id),
  constraint ticket_of_project foreign key (client_id, project_id) references projects.project (client_id, id),
  constraint ticket_on_invoice foreign key (client_id, invoice_id) references billing.invoice (client_id, id),
  constraint ticket_worked_before check (worked_on < date '9999-12-31'),   -- .NET's last day stands for infinity on its way here
  constraint ticket_invoiced check ((status = 'INVOICED') = (invoice_id is not null))
);
create index ticket_newest on projects.ticket (client_id, sorted_on desc, id desc);
create index ticket_project on projects.ticket (project_id, sorted_on desc, id desc);
create index ticket_invoice on projects.ticket (invoice_id, sorted_on desc, id desc) where invoice_id is not null;
create index ticket_pending on projects.ticket (client_id, id) where status = 'APPROVED';

alter table projects.project enable row level security, force row level security;
alter table projects.ticket enable row level security, force row level security;
