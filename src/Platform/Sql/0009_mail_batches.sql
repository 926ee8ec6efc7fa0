-- Mail is claimed and finished several at a time: at 200 mails a second a commit for each step of each mail is what takes
-- the time. Mails queued one by one go before those that were queued by the thousand.

alter table mail.outbox add column bulk boolean not null default false;
drop index mail.outbox_due;
create index outbox_due on mail.outbox (bulk, not_before, id) where state = 'QUEUED';

grant create on schema mail to portal_mail;
set role portal_mail;

-- Puts a mail into the outbox, in the caller's own transaction. An older one for the same reference must be suppressed first.
-- All but the first of a transaction count as bulk.
create or replace function mail.enqueue(p_id uuid, p_kind text, p_reference uuid, p_recipient_key text, p_to_address text, p_to_name text, p_subject text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me text := pg_current_xact_id()::text;
begin
  insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, bulk)
  values (p_id, p_kind, p_reference, p_recipient_key, p_to_address, p_to_name, p_subject, coalesce(current_setting('mail.queued_in', true) = me, false));
  perform set_config('mail.queued_in', me, true);
  perform pg_notify('outbox', '');
end $$;

-- When the next queued mail is due; null when none waits.
create or replace function mail.next_due()
returns timestamptz language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select least((select min(not_before) from mail.outbox where state = 'QUEUED' and not bulk),
               (select min(not_before) from mail.outbox where state = 'QUEUED' and bulk)) at time zone 'UTC'
$$;

-- Everything that waits for this recipient waits until then, all at once: five hundred mails to one address are looked at
-- once a minute, not one by one while others wait behind them. In plpgsql, because a session plans such a function once.
create function mail.hold_back(p_recipient_key text, p_until timestamp)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update mail.outbox set not_before = p_until, waits_for = 'THROTTLE'
  where id in (select id from mail.outbox where recipient_key = p_recipient_key and state = 'QUEUED' and not_before < p_until
               order by not_before, id limit 1000 for update skip locked);
end $$;

-- Takes one mail, whose row and whose recipient the caller has locked, if it may leave now, and reserves its slot: the attempt,
-- or null when it has to wait. The decision is made by the database's clock, and the reservation covers the whole lease: a
-- worker that dies keeps its slot. Ten seconds more than the limits say, so that they hold on the wire even when that clock is
-- set forward by as much as goes unnoticed (see mail.claim).
create function mail.reserve(o mail.outbox, p_worker text, p_lease interval)
returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t timestamp; last_reserved timestamp; free_at timestamp; in_flight boolean; s smallint; attempt bigint;
begin
  select max(a.done_at) + interval '1 minute' + interval '10 seconds', max(a.reserved_at), bool_or(a.outcome is null)
    into free_at, last_reserved, in_flight
    from mail.attempt a where a.recipient_key = o.recipient_key and a.outcome is distinct from 'NOT_SENT';
  t := greatest(clock_timestamp() at time zone 'UTC', last_reserved);      -- a clock set back changes nothing
  if free_at > t then
    -- One in flight is about to finish; if it does not, this one is held back again.
    perform mail.hold_back(o.recipient_key, case when in_flight then least(free_at, t + interval '1 minute' + interval '10 seconds') else free_at end);
    return null;
  end if;
  select g into s from generate_series(1, 5) g
    where not exists (select from mail.attempt a where a.recipient_key = o.recipient_key and a.slot = g
                        and a.outcome is distinct from 'NOT_SENT' and a.done_at > t - interval '24 hours' - interval '10 seconds')
    limit 1;
  if s is null then
    select min(q.last_done) + interval '24 hours' + interval '10 seconds' into free_at
      from (select max(a.done_at) as last_done from mail.attempt a
            where a.recipient_key = o.recipient_key and a.outcome is distinct from 'NOT_SENT' group by a.slot) q;
    perform mail.hold_back(o.recipient_key, greatest(free_at, t + interval '1 millisecond'));
    return null;
  end if;
  insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, worker)
    values (o.id, o.recipient_key, s, t, t + p_lease, p_worker) on conflict do nothing returning id into attempt;
  if attempt is not null then
    update mail.outbox b set state = 'SENDING', waits_for = null, attempts = b.attempts + 1 where b.id = o.id;
  end if;
  perform mail.hold_back(o.recipient_key, t + interval '1 minute' + interval '10 seconds');
  return attempt;
end $$;

-- As before, in plpgsql: a session plans it once, not for every mail.
create or replace function mail.is_claimed(p_attempt bigint, p_reference uuid)
returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from mail.attempt a join mail.outbox o on o.id = a.outbox_id
    where a.id = p_attempt and a.outcome is null and o.reference = p_reference);
end $$;

drop function mail.claim(text);

-- Takes up to p_limit of the mails that may leave, those queued singly first. One row without an attempt: all that were looked
-- at had to wait, so ask again at once. p_now is the asking host's clock: while it and the database's differ by more than five
-- seconds nothing is claimed (SQLSTATE PM001), because one of them was set, and a minute would not be a minute.
create function mail.claim(p_worker text, p_limit int, p_now timestamptz)
returns table (attempt_id bigint, outbox_id uuid, kind text, reference uuid, to_address text, to_name text, subject text, lease interval)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare due uuid[]; keys text[]; o mail.outbox; claimed int := 0;
begin
  if current_setting('transaction_isolation') <> 'read committed' then raise exception 'mail.claim needs READ COMMITTED'; end if;
  if abs(extract(epoch from clock_timestamp() - p_now)) > 5 then
    raise exception 'the clocks of the database and of the sender differ by % s', round(extract(epoch from clock_timestamp() - p_now), 1) using errcode = 'PM001';
  end if;
  lease := interval '2 minutes';
  due := array(select b.id from mail.outbox b where b.state = 'QUEUED' and not b.bulk and b.not_before <= (clock_timestamp() at time zone 'UTC')
               order by b.not_before, b.id limit p_limit for update skip locked);
  due := due || array(select b.id from mail.outbox b where b.state = 'QUEUED' and b.bulk and b.not_before <= (clock_timestamp() at time zone 'UTC')
                      order by b.not_before, b.id limit p_limit - cardinality(due) for update skip locked);
  if cardinality(due) = 0 then return; end if;

  -- One decision at a time a recipient. All of a batch's recipients are locked at once and in order: two claims meet, but never in a circle.
  keys := array(select distinct b.recipient_key from mail.outbox b where b.id = any (due) order by 1);
  insert into mail.recipient (key) select k from unnest(keys) as k on conflict do nothing;
  perform 1 from mail.recipient r where r.key = any (keys) order by r.key for update;

  for o in select b.* from unnest(due) with ordinality as d (id, n) join mail.outbox b on b.id = d.id order by d.n loop
    -- Read anew: an earlier mail to the same recipient may have held this one back.
    if (select b.not_before > (clock_timestamp() at time zone 'UTC') from mail.outbox b where b.id = o.id) then continue; end if;
    begin
      attempt_id := mail.reserve(o, p_worker, lease);
      if attempt_id is not null then
        outbox_id := o.id; kind := o.kind; reference := o.reference; to_address := o.to_address; to_name := o.to_name; subject := o.subject;
        claimed := claimed + 1;
        return next;
      end if;
    exception
      when deadlock_detected or lock_not_available then null;             -- somebody else is at it: the next claim finds it
      when others then                                                     -- whatever is wrong with one, the others leave
        update mail.outbox b set not_before = (clock_timestamp() at time zone 'UTC') + interval '5 minutes',
          last_error = 'The database refuses to hand it to a sender (SQLSTATE ' || sqlstate || ').' where b.id = o.id;
    end;
  end loop;
  if claimed = 0 then
    attempt_id := null;
    return next;
  end if;
end $$;

-- Records what became of several attempts: whether each was in time, as mail.finish tells; null: it could not be recorded now.
create function mail.finish_batch(p_attempts bigint[], p_outcomes text[], p_errors text[])
returns table (attempt_id bigint, in_time boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare f record;
begin
  for f in select * from unnest(p_attempts, p_outcomes, p_errors) as x (attempt, outcome, error) order by x.attempt loop
    attempt_id := f.attempt; in_time := null;
    begin
      in_time := mail.finish(f.attempt, f.outcome, f.error);
    exception when others then null;                                       -- one that cannot be recorded harms no other
    end;
    return next;
  end loop;
end $$;

-- Attempts whose worker died or hung past its lease: what became of them is unknown.
create or replace function mail.sweep()
returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int := 0; a mail.attempt;
begin
  for a in select * from mail.attempt where outcome is null and lease_until < (clock_timestamp() at time zone 'UTC') order by id for update skip locked loop
    begin
      perform mail.finish(a.id, 'UNKNOWN', 'The sender stopped before it could say what became of the mail.');
      n := n + 1;
    exception when others then
      update mail.outbox set last_error = 'What became of it cannot be recorded (SQLSTATE ' || sqlstate || ').' where id = a.outbox_id;
    end;
  end loop;
  return n;
end $$;

grant execute on function mail.claim(text, int, timestamptz), mail.finish_batch(bigint[], text[], text[]) to portal_job;
set role portal_owner;
revoke create on schema mail from portal_mail;
