create schema accounts;

create table accounts.person (
  id uuid primary key,
  member_type text not null constraint person_member_type check (member_type in ('STAFF', 'CLIENT')),
  name text not null constraint person_name check (length(name) between 1 and 200),
  email text not null,                                   -- as it is written to
  email_key text not null,                               -- as it is compared at sign-in
  password_hash text not null,
  active boolean not null default true,
  failed_sign_ins int not null default 0,
  locked_until timestamptz,
  last_contact_id uuid,                                  -- the membership used last
  created_at timestamptz not null default now(),
  constraint person_email unique (email_key)
);

create table accounts.staff_permission (
  person_id uuid not null references accounts.person on delete cascade,
  permission text not null constraint staff_permission_name check (permission in (
    'CLIENTS_INVITE', 'CLIENTS_MANAGE', 'BILLING_MANAGE', 'PROJECTS_MANAGE', 'CALENDAR_MANAGE', 'PORTAL_PREVIEW', 'STAFF_MANAGE', 'AUDIT_VIEW')),
  primary key (person_id, permission)
);

-- The secret S stays with the browser or program. portal.token is hex(SHA-256("db" || S)); this holds SHA-256 of that text,
-- so neither a copy of this table nor a query log lets anyone in.
create table accounts.session (
  id uuid primary key,
  token_hash bytea not null constraint session_token_hash check (octet_length(token_hash) = 32),
  person_id uuid not null references accounts.person on delete cascade,
  user_agent text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_limit interval not null,
  expires_at timestamptz not null,                       -- slides with use
  ends_at timestamptz not null,                          -- never moves
  ended_at timestamptz,
  constraint session_token unique (token_hash)
);
create index session_person on accounts.session (person_id);

alter table accounts.person enable row level security, force row level security;
alter table accounts.staff_permission enable row level security, force row level security;
alter table accounts.session enable row level security, force row level security;
