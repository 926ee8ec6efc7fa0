create schema invitations;

-- Where each contact stands on the way into the portal; a contact without a row was never invited.
create table invitations.invitation (
  contact_id uuid primary key,
  client_id uuid not null,
  status text not null default 'NOT_INVITED' constraint invitation_status check (status in ('NOT_INVITED', 'INVITED', 'ONBOARDED')),
  detail text constraint invitation_detail check (detail in (
    'QUEUED', 'SENDING', 'SENT', 'THROTTLED', 'DELIVERY_FAILED', 'EXPIRED', 'INVITATION_REVOKED', 'ACCESS_REVOKED', 'ADDRESS_CHANGED')),
  invitation_id uuid,                                       -- of the link that is alive; a resend makes a new one
  token_hash bytea constraint invitation_token_hash check (octet_length(token_hash) = 32),   -- hash only: a stolen backup must not let anyone accept
  email text,                                               -- where the link was sent
  expires_in interval,
  invited_by text,                                          -- the name of the staff member who invited
  invited_at timestamptz,
  expires_at timestamptz,
  onboarded_at timestamptz,
  person_id uuid references accounts.person,                -- the sign-in that accepted
  changed_by text,                                          -- the name of who made the last change; null for the system
  -- No internal client with access or a pending invitation: false refers to a client that is not internal, so neither
  -- side can change under the other, not even at the same instant.
  client_internal boolean generated always as (case when status in ('INVITED', 'ONBOARDED') then false end) stored,
  constraint invitation_of_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade,
  constraint invitation_not_at_internal_client foreign key (client_id, client_internal) references clients.client (id, internal),
  constraint invitation_link_while_invited check ((status = 'INVITED') = (token_hash is not null) and (status = 'INVITED') = (invitation_id is not null)),
  constraint invitation_person_while_onboarded check ((status = 'ONBOARDED') = (person_id is not null)),
  constraint invitation_token unique (token_hash),
  constraint invitation_link unique (invitation_id)
);
create index invitation_person on invitations.invitation (person_id) where person_id is not null;
create index invitation_client on invitations.invitation (client_id, status);
create index invitation_to_expire on invitations.invitation (expires_at) where status = 'INVITED' and detail is distinct from 'EXPIRED';

-- What happened, in order; never changed.
create table invitations.event (
  id bigint generated always as identity primary key,
  contact_id uuid not null,
  client_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  previous text not null,
  status text not null,
  detail text,
  by_name text,
  constraint event_of_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade
);
create index event_contact on invitations.event (contact_id, id);
create index event_client on invitations.event (client_id, id);

-- Many invited in one call. A repeated call with the same key finds the first one's result.
create table invitations.bulk (
  id uuid primary key,
  staff_id uuid not null references accounts.person,
  by_name text not null,                                    -- the name of the staff member who invites
  idempotency_key text not null constraint bulk_key_length check (length(idempotency_key) between 1 and 200),
  arguments bytea not null,                                 -- a hash of them: the same key with others is a mistake
  expires_in interval not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint bulk_once unique (staff_id, idempotency_key)
);

-- One contact of a call. Pending until it is skipped or has an invitation; how far its mail is stands in the outbox.
create table invitations.bulk_row (
  bulk_id uuid not null references invitations.bulk,
  position int not null,
  contact_id uuid not null,
  client_id uuid not null,
  skipped text constraint bulk_row_skipped check (skipped in (
    'ALREADY_INVITED', 'ALREADY_ONBOARDED', 'NO_EMAIL', 'INTERNAL_CLIENT', 'INACTIVE_CLIENT', 'DUPLICATE_ADDRESS')),
  invitation_id uuid,                                       -- the link that was made for it
  primary key (bulk_id, position),
  constraint bulk_row_once unique (contact_id, bulk_id),
  constraint bulk_row_contact foreign key (client_id, contact_id) references clients.contact (client_id, id) on delete cascade,
  constraint bulk_row_one_outcome check (skipped is null or invitation_id is null)
);
create index bulk_row_pending on invitations.bulk_row (bulk_id, position) where skipped is null and invitation_id is null;

alter table invitations.invitation enable row level security, force row level security;
alter table invitations.event enable row level security, force row level security;
alter table invitations.bulk enable row level security, force row level security;
alter table invitations.bulk_row enable row level security, force row level security;
