-- How long mail is remembered: half a year after it was queued, its attempts with it. The limits look back a day.
grant delete on mail.recipient, mail.outbox, mail.attempt to portal_mail;
create index outbox_old on mail.outbox (created_at) where state in ('SENT', 'FAILED', 'SUPPRESSED');
grant create on schema mail to portal_mail;
set role portal_mail;

-- How many mails were forgotten, some at a call.
create function mail.forget() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare old uuid[]; keys text[];
begin
  select array_agg(o.id), array_agg(distinct o.recipient_key) into old, keys from (
    select b.id, b.recipient_key from mail.outbox b
    where b.state in ('SENT', 'FAILED', 'SUPPRESSED') and b.created_at < (clock_timestamp() at time zone 'UTC') - interval '180 days'
    order by b.created_at limit 500 for update skip locked) o;
  delete from mail.attempt a where a.outbox_id = any (old);
  delete from mail.outbox b where b.id = any (old);
  -- A mailbox that nothing is known about any more. A claim that holds the key at this moment is left alone.
  delete from mail.recipient r where r.key in (
    select x.key from mail.recipient x where x.key = any (keys)
      and not exists (select from mail.outbox b where b.recipient_key = x.key) and not exists (select from mail.attempt a where a.recipient_key = x.key)
    for update skip locked);
  return coalesce(cardinality(old), 0);
end $$;

grant execute on function mail.forget() to portal_job;
set role portal_owner;
revoke create on schema mail from portal_mail;
