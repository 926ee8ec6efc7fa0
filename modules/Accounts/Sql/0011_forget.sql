-- Sessions that ended a month ago, links that died a day ago and attempts that count no more are forgotten. The audit trail keeps every sign-in.
grant delete on accounts.session to portal_door;
create index session_over on accounts.session ((least(ended_at, expires_at, ends_at)));
grant create on schema accounts to portal_door;
set role portal_door;

-- How many rows were forgotten, some at a call.
create function accounts.forget() returns int
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with sessions as (
    delete from accounts.session s where s.id in (
      select o.id from accounts.session o where least(o.ended_at, o.expires_at, o.ends_at) < clock_timestamp() - interval '30 days' limit 500 for update skip locked) returning 1),
  links as (
    delete from accounts.link l where l.id in (
      select o.id from accounts.link o where o.expires_at < clock_timestamp() - interval '1 day' limit 500 for update skip locked) returning 1),
  attempts as (
    delete from accounts.sign_in_throttle t where t.key in (
      select o.key from accounts.sign_in_throttle o where o.forget_at < clock_timestamp() order by o.forget_at limit 500 for update skip locked) returning 1)
  select ((select count(*) from sessions) + (select count(*) from links) + (select count(*) from attempts))::int
$$;

grant execute on function accounts.forget() to portal_job;
set role portal_owner;
revoke create on schema accounts from portal_door;
