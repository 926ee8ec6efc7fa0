-- Sign-in goes through these functions alone: portal_auth may call them and read no table.
grant select, insert, update on accounts.person to portal_door;
grant select, insert, delete on accounts.staff_permission to portal_door;
grant select, insert, update on accounts.session to portal_door;
grant select, insert, update, delete on accounts.sign_in_throttle, accounts.link to portal_door;
create policy door on accounts.person to portal_door using (true) with check (true);
create policy door on accounts.staff_permission to portal_door using (true) with check (true);
create policy door on accounts.session to portal_door using (true) with check (true);
create policy door on accounts.sign_in_throttle to portal_door using (true) with check (true);
create policy door on accounts.link to portal_door using (true) with check (true);

-- Staff see one another; hashes and lock-outs are nobody's to read.
grant select (id, member_type, name, email, active) on accounts.person to portal_staff;
grant select on accounts.staff_permission to portal_staff;
create policy staff_read on accounts.person for select to portal_staff using (member_type = 'STAFF' and (select ctx.is_staff()));
create policy staff_read on accounts.staff_permission for select to portal_staff using ((select ctx.is_staff()));

grant create on schema accounts to portal_door;
set role portal_door;

-- Counts one attempt before it is judged, so that a thousand at once are counted like a thousand in a row. The one that
-- reaches the limit is still judged; those after it are not, until the lock ends.
create function accounts.count_attempt(p_key text, p_limit int, p_lock interval, out blocked boolean, out retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t accounts.sign_in_throttle; n int; at timestamptz;
begin
  insert into accounts.sign_in_throttle (key) values (p_key) on conflict do nothing;
  select * into t from accounts.sign_in_throttle x where x.key = p_key for update;
  at := clock_timestamp();
  blocked := t.locked_until > at;
  retry_at := case when blocked then t.locked_until end;
  if blocked then return; end if;
  n := case when t.window_ends > at then t.attempts + 1 else 1 end;
  if n >= p_limit then retry_at := at + p_lock; end if;
  update accounts.sign_in_throttle x set attempts = case when n >= p_limit then 0 else n end,
    window_ends = case when n = 1 then at + interval '15 minutes' else t.window_ends end, locked_until = coalesce(retry_at, '-infinity')
  where x.key = p_key;
end $$;

-- Counts an attempt by network and by account, and finds the account: one row whoever asks, after the same statements,
-- so that the answer and its time tell nothing about an address. Running sessions are left alone.
create function accounts.sign_in_attempt(p_email_key text, p_network text)
returns table (person_id uuid, password_hash text, blocked boolean, retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n record; a record;
begin
  -- Rows that count nothing any more go, a few at each attempt: faster than they can come.
  delete from accounts.sign_in_throttle x where x.key in (
    select o.key from accounts.sign_in_throttle o where o.forget_at < clock_timestamp() order by o.forget_at limit 5 for update skip locked);
  select * into n from accounts.count_attempt('network ' || p_network, 300, interval '15 minutes');
  -- A network that is locked out shall not lock accounts as well.
  select * into a from accounts.count_attempt(case when n.blocked then 'nobody' else 'account ' || p_email_key end, 10, interval '5 minutes');
  return query
    select p.id, p.password_hash, n.blocked or a.blocked, greatest(n.retry_at, a.retry_at)
    from (values (p_email_key)) v (key) left join accounts.person p on p.email_key = v.key and p.active;
end $$;

-- Opens a session after a right password or link: the account's count starts anew, and the attempt no longer counts for the
-- network. The session that the browser had until now ends (p_replaces).
create function accounts.open_session(p_id uuid, p_token text, p_person uuid, p_user_agent text, p_network text, p_replaces text, p_idle interval, p_absolute interval) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into accounts.session (id, token_hash, person_id, user_agent, idle_limit, expires_at, ends_at)
  select p_id, sha256(convert_to(p_token, 'UTF8')), p.id, left(p_user_agent, 300), p_idle,
    clock_timestamp() + least(p_idle, p_absolute), clock_timestamp() + p_absolute
  from accounts.person p where p.id = p_person and p.active for share;
  if not found then raise exception 'there is no such active person'; end if;
  perform accounts.end_session(p_replaces);
  update accounts.sign_in_throttle t set attempts = greatest(t.attempts - 1, 0) where t.key = 'network ' || p_network;
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = p_person and t.key = 'account ' || p.email_key;
end $$;

create function accounts.end_session(p_token text) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update accounts.session set ended_at = clock_timestamp()
    where token_hash = sha256(convert_to(p_token, 'UTF8')) and ended_at is null returning 1)
  select exists (select from ended)
$$;

-- Whose session it is, with all that a request needs to know of them. Slides the idle limit, at most once a minute (a tenth of a short one).
create function accounts.who(p_token text)
returns table (session_id uuid, person_id uuid, member_type text, name text, email text, permissions text[], last_contact_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s accounts.session;
begin
  select x.* into s from accounts.session x
    where x.token_hash = sha256(convert_to(p_token, 'UTF8')) and x.ended_at is null and x.expires_at > now() and x.ends_at > now();
  if not found then return; end if;
  if s.last_seen_at < now() - least(interval '1 minute', s.idle_limit / 10) then
    update accounts.session x set last_seen_at = now(), expires_at = least(x.ends_at, now() + x.idle_limit) where x.id = s.id;
  end if;
  return query
    select s.id, p.id, p.member_type, p.name, p.email,
      array(select sp.permission from accounts.staff_permission sp where sp.person_id = p.id order by 1), p.last_contact_id
    from accounts.person p where p.id = s.person_id and p.active;
end $$;

-- The live sessions of the one who asks, newest first.
create function accounts.my_sessions(p_token text)
returns table (session_id uuid, created_at timestamptz, last_seen_at timestamptz, user_agent text, current boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.created_at, s.last_seen_at, s.user_agent, s.id = me.id
  from accounts.session me join accounts.session s on s.person_id = me.person_id
  where me.token_hash = sha256(convert_to(p_token, 'UTF8')) and me.ended_at is null and me.expires_at > now() and me.ends_at > now()
    and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
  order by s.created_at desc, s.id desc
$$;

-- Ends one of one's own sessions, known by its id.
create function accounts.end_my_session(p_token text, p_session uuid) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update accounts.session s set ended_at = clock_timestamp() from accounts.session me
    where me.token_hash = sha256(convert_to(p_token, 'UTF8')) and me.ended_at is null and me.expires_at > now() and me.ends_at > now()
      and s.id = p_session and s.person_id = me.person_id and s.ended_at is null
    returning 1)
  select exists (select from ended)
$$;

-- Makes the first staff member, with every permission, while there is none. False: there is one already.
create function accounts.make_first_staff(p_id uuid, p_name text, p_email text, p_email_key text, p_password_hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table accounts.person in share row exclusive mode;      -- two hosts starting at once make one
  if exists (select from accounts.person where member_type = 'STAFF') then return false; end if;
  insert into accounts.person (id, member_type, name, email, email_key, password_hash)
  values (p_id, 'STAFF', p_name, p_email, p_email_key, p_password_hash);
  insert into accounts.staff_permission (person_id, permission)
  select p_id, unnest(array['CLIENTS_INVITE', 'CLIENTS_MANAGE', 'BILLING_MANAGE', 'PROJECTS_MANAGE', 'CALENDAR_MANAGE', 'PORTAL_PREVIEW', 'STAFF_MANAGE', 'AUDIT_VIEW']);
  return true;
end $$;

grant execute on all functions in schema accounts to portal_auth;
revoke execute on function accounts.count_attempt(text, int, interval) from portal_auth;
set role portal_owner;
revoke create on schema accounts from portal_door;
