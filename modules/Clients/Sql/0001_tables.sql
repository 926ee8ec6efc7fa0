create schema clients;

create table clients.client (
  id uuid primary key,
  number text not null constraint client_number_length check (length(number) between 1 and 60),
  name text not null constraint client_name_length check (length(name) between 1 and 200),
  status text not null default 'ACTIVE' constraint client_status check (status in ('ACTIVE', 'INACTIVE')),
  internal boolean not null default false,
  currency text not null constraint client_currency check (currency ~ '^[A-Z]{3}$'),
  internal_note text,
  created_at timestamptz not null default now(),
  constraint client_number unique (number),
  constraint client_internal unique (id, internal)          -- invitations refer to it: no internal client with access
);
create index client_name on clients.client (name, id);
create index client_newest on clients.client (created_at desc, id desc);
-- The highest number in use, for the next one.
create index client_number_highest on clients.client (((substring(number from '^C-([0-9]{1,15})$'))::bigint) desc nulls last);

create table clients.contact (
  id uuid primary key,
  client_id uuid not null references clients.client,
  name text not null constraint contact_name_length check (length(name) between 1 and 200),
  email text,                                              -- as mail is addressed, byte for byte
  recipient_key text,                                      -- the mailbox, for the mail limits
  sign_in_key text,                                        -- the address, as sign-ins are compared
  job_title text,
  created_at timestamptz not null default now(),
  constraint contact_of_client unique (client_id, id),
  constraint contact_email_complete check ((email is null) = (recipient_key is null) and (email is null) = (sign_in_key is null))
);
create index contact_name on clients.contact (name, id);
create index contact_recipient on clients.contact (recipient_key);

-- What a contact may see of a kind, and whether they are mailed about it: two facts. Without a row: ALL, and no mail.
create table clients.visibility (
  client_id uuid not null,
  contact_id uuid not null,
  kind text not null constraint visibility_kind check (kind in (
    'INVOICE', 'QUOTE', 'CREDIT', 'PAYMENT', 'RECURRING_INVOICE', 'SUBSCRIPTION', 'PAYMENT_METHOD', 'STATEMENT', 'TICKET', 'PROJECT', 'EVENT', 'DOCUMENT')),
  level text not null constraint visibility_level check (level in ('NONE', 'ADDRESSED', 'ALL')),
  notify boolean not null default false,
  primary key (contact_id, kind),
  constraint visibility_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade
);

-- A record of any kind addressed to a contact.
create table clients.addressee (
  client_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  record_id uuid not null,
  primary key (contact_id, kind, record_id),
  constraint addressee_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade
);
create index addressee_record on clients.addressee (record_id);

-- One record granted to a contact, or withheld, whatever the setting for its kind.
create table clients.record_exception (
  client_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  record_id uuid not null,
  exception text not null constraint record_exception_value check (exception in ('GRANTED', 'WITHHELD')),
  primary key (contact_id, kind, record_id),
  constraint record_exception_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade
);

-- Where the records of a kind are found: a view with the columns id, client_id, published, title, within_kind, within_id.
-- A record within another (a payment within its invoice) is visible with that one only. Each module adds its kinds.
create table clients.record_source (
  kind text primary key,
  type_name text not null,                                 -- in the API
  view_schema text not null,
  view_name text not null,
  constraint record_source_type unique (type_name)
);

alter table clients.client enable row level security, force row level security;
alter table clients.contact enable row level security, force row level security;
alter table clients.visibility enable row level security, force row level security;
alter table clients.addressee enable row level security, force row level security;
alter table clients.record_exception enable row level security, force row level security;
alter table clients.record_source enable row level security, force row level security;
create policy owner_adds on clients.record_source to portal_owner using (true) with check (true);
