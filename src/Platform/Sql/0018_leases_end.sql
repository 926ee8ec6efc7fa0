-- Senders take over what another left in the midst of a mail, themselves and at the moment when its lease ends: a host that
-- stands still may have the clockwork's next sweep in its hands, and is found out only when it has missed its check-ins.
grant create on schema mail to portal_mail;
set role portal_mail;

-- When there is next something to do for a sender: a queued mail is due, or a lease ends. Null: nothing is queued or on its way.
-- A lease that is long over is one that cannot be swept: the senders look at it again with whatever comes next.
create or replace function mail.next_due()
returns timestamptz language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select least((select min(not_before) from mail.outbox where state = 'QUEUED' and not bulk),
               (select min(not_before) from mail.outbox where state = 'QUEUED' and bulk),
               (select min(lease_until) from mail.attempt where outcome is null and lease_until > (clock_timestamp() at time zone 'UTC') - interval '1 second')) at time zone 'UTC'
$$;

set role portal_owner;
revoke create on schema mail from portal_mail;
