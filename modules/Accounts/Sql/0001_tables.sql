create schema accounts;

create table accounts.person (
  id uuid primary key,
  member_type text not null constraint person_member_type check (member_type in ('STAFF', 'CLIENT')),
  name text not null constraint person_name check (length(name) between 1 and 200),
  email text not null,                                   -- as it is written to
  email_key text not null,                               -- as it is compared at sign-in
  password_hash text,                                    -- null until an invited staff member has chosen one
  active boolean not null default true,
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

-- Attempts to sign in, counted by account (any address that was tried, whether there is a sign-in or not) and by network.
create table accounts.sign_in_throttle (
  key text primary key,
  attempts int not null default 0,
  window_ends timestamptz not null default '-infinity',
  locked_until timestamptz not null default '-infinity',
  forget_at timestamptz generated always as (greatest(window_ends, locked_until)) stored
);
create index sign_in_throttle_old on accounts.sign_in_throttle (forget_at);

-- Links that mails carry; one of a kind lives for a person, and using it deletes it.
create table accounts.link (
  id uuid primary key,
  kind text not null constraint link_kind check (kind in ('PASSWORD_RESET', 'STAFF_INVITATION', 'EMAIL_CHANGE')),
  person_id uuid not null references accounts.person on delete cascade,
  token_hash bytea not null constraint link_token_hash check (octet_length(token_hash) = 32),   -- hash only: a stolen backup must not let anyone in
  new_email text,                                        -- the address that an EMAIL_CHANGE confirms
  new_email_key text,
  expires_at timestamptz not null,
  constraint link_token unique (token_hash),
  constraint link_one_of_a_kind unique (person_id, kind),
  constraint link_new_email check ((kind = 'EMAIL_CHANGE') = (new_email is not null) and (kind = 'EMAIL_CHANGE') = (new_email_key is not null))
);

alter table accounts.person enable row level security, force row level security;
alter table accounts.staff_permission enable row level security, force row level security;
alter table accounts.session enable row level security, force row level security;
alter table accounts.sign_in_throttle enable row level security, force row level security;
alter table accounts.link enable row level security, force row level security;
