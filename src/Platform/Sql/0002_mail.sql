-- The outbox, and the ledger that keeps invitation mail within its limits on the wire:
-- at most five a recipient in any 24 hours, at least one minute apart. The limits are literals on purpose: the
-- constraints are the promise, and not even a superuser's insert gets around them.
-- Times are UTC without a zone, because an exclusion constraint needs immutable arithmetic.
create schema mail;

create table mail.recipient (
  key text primary key                                  -- the normalised address: one bucket a mailbox
);

create table mail.outbox (
  id uuid primary key,
  kind text not null,                                   -- which mail: its module renders it
  reference uuid not null,                              -- what it is about, e.g. the invitation
  recipient_key text not null,
  to_address text not null,
  to_name text not null,
  subject text not null,
  state text not null default 'QUEUED' constraint outbox_state check (state in ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'SUPPRESSED')),
  waits_for text constraint outbox_waits_for check (waits_for in ('THROTTLE', 'RETRY')),
  not_before timestamp not null default (clock_timestamp() at time zone 'UTC'),
  attempts int not null default 0,
  unknown_outcomes int not null default 0,
  last_error text,
  sent_at timestamp,
  created_at timestamp not null default (clock_timestamp() at time zone 'UTC')
);
create unique index outbox_one_pending_mail_per_reference on mail.outbox (reference) where state in ('QUEUED', 'SENDING');
create index outbox_due on mail.outbox (not_before, id) where state = 'QUEUED';
create index outbox_newest on mail.outbox ((created_at at time zone 'UTC') desc, id desc);   -- as the view email orders
create index outbox_of_recipient on mail.outbox (recipient_key, created_at);
create index outbox_recipient on mail.outbox (recipient_key) where state in ('QUEUED', 'SENDING');

create table mail.attempt (
  id bigint generated always as identity primary key,
  outbox_id uuid not null references mail.outbox,
  recipient_key text not null,
  slot smallint not null constraint attempt_slot check (slot between 1 and 5),
  reserved_at timestamp not null,
  lease_until timestamp not null constraint attempt_lease check (lease_until > reserved_at),
  finished_at timestamp constraint attempt_finish_only_shortens check (finished_at between reserved_at and lease_until),
  outcome text constraint attempt_outcome check (outcome in ('SENT', 'REJECTED', 'DEFERRED', 'UNKNOWN', 'NOT_SENT')),
  worker text not null,
  done_at timestamp generated always as (coalesce(finished_at, lease_until)) stored,
  -- Every moment at which this mail may have been on the wire lies between reserved_at and done_at.
  -- NOT_SENT: the connection never came about, so nothing was on the wire and the slot is free again.
  constraint one_minute_between_mails exclude using gist (
    recipient_key with =,
    tsrange(reserved_at, coalesce(finished_at, lease_until) + interval '1 minute') with &&) where (outcome is distinct from 'NOT_SENT'),
  constraint five_mails_in_24_hours exclude using gist (
    recipient_key with =, slot with =,
    tsrange(reserved_at, coalesce(finished_at, lease_until) + interval '24 hours') with &&) where (outcome is distinct from 'NOT_SENT')
);
create index attempt_open on mail.attempt (lease_until) where outcome is null;
create index attempt_recipient on mail.attempt (recipient_key, done_at);

alter table mail.recipient enable row level security, force row level security;
alter table mail.outbox enable row level security, force row level security;
alter table mail.attempt enable row level security, force row level security;

grant usage on schema mail to portal_mail, portal_door, portal_job, portal_staff;
grant select, insert, update on mail.recipient, mail.outbox, mail.attempt to portal_mail;
create policy door on mail.recipient to portal_mail using (true) with check (true);
create policy door on mail.outbox to portal_mail using (true) with check (true);
create policy door on mail.attempt to portal_mail using (true) with check (true);

grant create on schema mail to portal_mail;
set role portal_mail;

-- When the next mail may leave for each recipient (null: now), and which limit holds it back.
-- A mail that waits in the outbox counts as one that leaves when it may.
create function mail.limits(p_recipient_keys text[])
returns table (recipient_key text, sent_in_24_hours int, next_allowed_at timestamptz, limited_by text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.key, sent.n::int,
    case when w.at > u.now then w.at at time zone 'UTC' end,
    case when w.at > u.now then case when w.at = sent.day_free_at then 'DAILY_LIMIT' else 'COOLDOWN' end end
  from unnest(p_recipient_keys) as k (key)
  cross join lateral (select clock_timestamp() at time zone 'UTC' as now) u
  cross join lateral (
    select count(*) as n, max(d.done_at) + interval '1 minute' as gap_free_at,
      case when count(*) >= 5 then min(d.done_at) + interval '24 hours' end as day_free_at
    from mail.attempt a
    -- One in flight is about to finish; the claim waits for its lease if it does not.
    cross join lateral (select case when a.outcome is null then a.reserved_at else a.done_at end as done_at) d
    where a.recipient_key = k.key and a.outcome is distinct from 'NOT_SENT' and a.done_at > u.now - interval '24 hours') sent
  cross join lateral (
    select max(greatest(o.not_before, u.now)) + interval '1 minute' as free_at
    from mail.outbox o where o.recipient_key = k.key and o.state = 'QUEUED') waiting
  cross join lateral (select greatest(sent.gap_free_at, sent.day_free_at, waiting.free_at) as at) w
$$;

-- Puts a mail into the outbox, in the caller's own transaction. An older one for the same reference must be suppressed first.
create function mail.enqueue(p_id uuid, p_kind text, p_reference uuid, p_recipient_key text, p_to_address text, p_to_name text, p_subject text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject)
  values (p_id, p_kind, p_reference, p_recipient_key, p_to_address, p_to_name, p_subject);
  perform pg_notify('outbox', '');
end $$;

-- Mails about this reference that have not left yet never will.
create function mail.suppress(p_reference uuid)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  -- One that a sender holds at this moment is skipped, not waited for: the sender finds out before it sends.
  update mail.outbox set state = 'SUPPRESSED', waits_for = null
  where id in (select id from mail.outbox where reference = p_reference and state = 'QUEUED' for update skip locked)
$$;

-- Takes the next mail that may leave and reserves its slot. The decision is made here, by the database's clock,
-- one at a time a recipient, and the reservation covers the whole lease: a worker that dies keeps its slot.
create function mail.claim(p_worker text, out attempt_id bigint, out outbox_id uuid, out kind text, out reference uuid, out to_address text, out to_name text, out subject text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare o mail.outbox; t timestamp; free_at timestamp; last_reserved timestamp; s smallint; i int := 0;
begin
  if current_setting('transaction_isolation') <> 'read committed' then raise exception 'mail.claim needs READ COMMITTED'; end if;
  while i < 50 loop
    i := i + 1;
    select b.* into o from mail.outbox b
      where b.state = 'QUEUED' and b.not_before <= (clock_timestamp() at time zone 'UTC')
      order by b.not_before, b.id limit 1 for update skip locked;
    if not found then return; end if;
    insert into mail.recipient (key) values (o.recipient_key) on conflict do nothing;
    perform 1 from mail.recipient r where r.key = o.recipient_key for update;
    select max(a.done_at) + interval '1 minute', max(a.reserved_at) into free_at, last_reserved
      from mail.attempt a where a.recipient_key = o.recipient_key and a.outcome is distinct from 'NOT_SENT';
    t := greatest(clock_timestamp() at time zone 'UTC', last_reserved);  -- read after the lock; a clock set back changes nothing
    if free_at > t then
      update mail.outbox b set not_before = free_at, waits_for = 'THROTTLE' where b.id = o.id;
      continue;
    end if;
    select g into s from generate_series(1, 5) g
      where not exists (select 1 from mail.attempt a where a.recipient_key = o.recipient_key and a.slot = g
                          and a.outcome is distinct from 'NOT_SENT' and a.done_at > t - interval '24 hours')
      limit 1;
    if s is null then
      select min(q.last_done) + interval '24 hours' into free_at
        from (select max(a.done_at) as last_done from mail.attempt a
              where a.recipient_key = o.recipient_key and a.outcome is distinct from 'NOT_SENT' group by a.slot) q;
      update mail.outbox b set not_before = greatest(free_at, t + interval '1 millisecond'), waits_for = 'THROTTLE' where b.id = o.id;
      continue;
    end if;
    insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker)
      values (o.id, o.recipient_key, s, t, t + interval '2 minutes', p_worker)
      on conflict do nothing returning id into attempt_id;
    if attempt_id is null then
      update mail.outbox b set not_before = t + interval '1 minute', waits_for = 'THROTTLE' where b.id = o.id;
      continue;
    end if;
    update mail.outbox b set state = 'SENDING', waits_for = null, attempts = b.attempts + 1 where b.id = o.id;
    outbox_id := o.id; kind := o.kind; reference := o.reference; to_address := o.to_address; to_name := o.to_name; subject := o.subject;
    return;
  end loop;
end $$;

-- Records what became of an attempt. False: the lease had run out and the sweep decided already.
-- SENT: the relay took it. REJECTED: 5xx, given up. DEFERRED: 4xx, tried again later. NOT_SENT: no connection, tried again
-- for two days. SUPPRESSED: there was nothing to say any more, and nothing was sent. UNKNOWN: it may have left; tried once more with the same link and Message-ID, so at most two copies.
create function mail.finish(p_attempt bigint, p_outcome text, p_error text)
returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a mail.attempt; o mail.outbox; t timestamp := clock_timestamp() at time zone 'UTC'; again boolean;
begin
  select * into a from mail.attempt where id = p_attempt and outcome is null for update;
  if not found then return false; end if;
  update mail.attempt set outcome = case p_outcome when 'SUPPRESSED' then 'NOT_SENT' else p_outcome end, finished_at = case when t < lease_until then greatest(t, reserved_at) end where id = p_attempt;
  select * into o from mail.outbox where id = a.outbox_id and state = 'SENDING' for update;
  if not found then return true; end if;
  again := case p_outcome
    when 'DEFERRED' then o.attempts < 8
    when 'NOT_SENT' then o.created_at > t - interval '2 days'
    when 'UNKNOWN' then o.unknown_outcomes = 0
    else false end;
  update mail.outbox set
    state = case when p_outcome in ('SENT', 'SUPPRESSED') then p_outcome when again then 'QUEUED' else 'FAILED' end,
    waits_for = case when again then 'RETRY' end,
    sent_at = case when p_outcome = 'SENT' then t end,
    last_error = case when p_outcome in ('SENT', 'SUPPRESSED') then null else left(p_error, 500) end,
    unknown_outcomes = unknown_outcomes + (p_outcome = 'UNKNOWN')::int,
    not_before = case when again then t + least(interval '5 minutes', interval '1 second' * power(2, least(o.attempts, 9))) else not_before end
  where id = o.id;
  return true;
end $$;

-- Attempts whose worker died or hung past its lease: what became of them is unknown.
create function mail.sweep()
returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int := 0; r bigint;
begin
  for r in select id from mail.attempt where outcome is null and lease_until < (clock_timestamp() at time zone 'UTC') for update skip locked loop
    perform mail.finish(r, 'UNKNOWN', 'The sender stopped before it could say what became of the mail.');
    n := n + 1;
  end loop;
  return n;
end $$;

-- Whether this attempt is in flight and is for this reference: the key by which a worker reads what the mail says.
create function mail.is_claimed(p_attempt bigint, p_reference uuid)
returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from mail.attempt a join mail.outbox o on o.id = a.outbox_id
    where a.id = p_attempt and a.outcome is null and o.reference = p_reference)
$$;

-- When the next queued mail is due; null when none waits.
create function mail.next_due()
returns timestamptz language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(not_before) at time zone 'UTC' from mail.outbox where state = 'QUEUED'
$$;

grant execute on function mail.limits(text[]) to portal_door;
grant execute on function mail.enqueue(uuid, text, uuid, text, text, text, text), mail.suppress(uuid), mail.is_claimed(bigint, uuid) to portal_door;
grant execute on function mail.claim(text), mail.finish(bigint, text, text), mail.sweep(), mail.next_due() to portal_job;
set role portal_owner;
revoke create on schema mail from portal_mail;
