-- How often a mail is tried again, told by what became of its attempts. While a relay is down attempts add up that nothing was
-- said in: one that then puts a mail off for the first time (greylisting does, with everybody) must not be the last word.
grant create on schema mail to portal_mail;
set role portal_mail;

-- Records what became of an attempt. False: the lease had run out and the sweep decided already.
-- SENT: the relay took it. REJECTED: 5xx, given up. DEFERRED: 4xx, tried again later, given up after the eighth. NOT_SENT: no
-- connection, tried again until two days after the first attempt, however long it had to wait for that one. SUPPRESSED: there was
-- nothing to say any more, and nothing was sent. UNKNOWN: it may have left; tried once more with the same link and Message-ID, so at most two copies.
create or replace function mail.finish(p_attempt bigint, p_outcome text, p_error text)
returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a mail.attempt; o mail.outbox; t timestamp := clock_timestamp() at time zone 'UTC'; tried record; again boolean;
begin
  select * into a from mail.attempt where id = p_attempt and outcome is null for update;
  if not found then return false; end if;
  update mail.attempt set outcome = case p_outcome when 'SUPPRESSED' then 'NOT_SENT' else p_outcome end, finished_at = case when t < lease_until then greatest(t, reserved_at) end where id = p_attempt;
  select * into o from mail.outbox where id = a.outbox_id and state = 'SENDING' for update;
  if not found then return true; end if;
  if p_outcome in ('DEFERRED', 'NOT_SENT') then
    select count(*) filter (where x.outcome = 'DEFERRED') as deferred, min(x.reserved_at) as first_at into tried
      from mail.attempt x where x.recipient_key = o.recipient_key and x.outbox_id = o.id;
    again := case p_outcome when 'DEFERRED' then tried.deferred < 8 else tried.first_at > t - interval '2 days' end;
  else
    again := p_outcome = 'UNKNOWN' and o.unknown_outcomes = 0;
  end if;
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

set role portal_owner;
revoke create on schema mail from portal_mail;
