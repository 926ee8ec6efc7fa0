-- Sign-in goes through these functions alone: portal_auth may call them and read no table.
grant select, insert, update on accounts.person to portal_door;
grant select, insert, delete on accounts.staff_permission to portal_door;
grant select, insert, update on accounts.session to portal_door;
create policy door on accounts.person to portal_door using (true) with check (true);
create policy door on accounts.staff_permission to portal_door using (true) with check (true);
create policy door on accounts.session to portal_door using (true) with check (true);

-- Staff see one another; hashes and lock-outs are nobody's to read.
grant select (id, member_type, name, email, active) on accounts.person to portal_staff;
grant select on accounts.staff_permission to portal_staff;
create policy staff_read on accounts.person for select to portal_staff using (member_type = 'STAFF' and (select ctx.is_staff()));
create policy staff_read on accounts.staff_permission for select to portal_staff using ((select ctx.is_staff()));

grant create on schema accounts to portal_door;
set role portal_door;

-- One row whoever asks, so that the caller spends the same time on an unknown address as on a known one.
create function accounts.sign_in_lookup(p_email_key text)
returns table (person_id uuid, password_hash text, locked_until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.password_hash, case when p.locked_until > clock_timestamp() then p.locked_until end
  from (values (p_email_key)) v (key) left join accounts.person p on p.email_key = v.key and p.active
$$;

-- Counts a failed sign-in; the tenth in a row locks the sign-in for five minutes. Running sessions are left alone.
create function accounts.sign_in_failed(p_person uuid) returns timestamptz
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update accounts.person set
    failed_sign_ins = case when failed_sign_ins >= 9 then 0 else failed_sign_ins + 1 end,
    locked_until = case when failed_sign_ins >= 9 then clock_timestamp() + interval '5 minutes' else locked_until end
  where id = p_person
  returning case when locked_until > clock_timestamp() then locked_until end
$$;

create function accounts.open_session(p_id uuid, p_token text, p_person uuid, p_user_agent text, p_idle interval, p_absolute interval) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update accounts.person set failed_sign_ins = 0, locked_until = null where id = p_person and active;
  if not found then raise exception 'there is no such active person'; end if;
  insert into accounts.session (id, token_hash, person_id, user_agent, idle_limit, expires_at, ends_at)
  values (p_id, sha256(convert_to(p_token, 'UTF8')), p_person, left(p_user_agent, 300), p_idle,
          clock_timestamp() + least(p_idle, p_absolute), clock_timestamp() + p_absolute);
end $$;

create function accounts.end_session(p_token text) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update accounts.session set ended_at = clock_timestamp()
    where token_hash = sha256(convert_to(p_token, 'UTF8')) and ended_at is null returning 1)
  select exists (select from ended)
$$;

-- Whose session it is, with all that a request needs to know of them. Slides the idle limit, at most once a minute.
create function accounts.who(p_token text)
returns table (session_id uuid, person_id uuid, member_type text, name text, email text, permissions text[], last_contact_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s accounts.session;
begin
  select x.* into s from accounts.session x
    where x.token_hash = sha256(convert_to(p_token, 'UTF8')) and x.ended_at is null and x.expires_at > now() and x.ends_at > now();
  if not found then return; end if;
  if s.last_seen_at < now() - interval '1 minute' then
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
set role portal_owner;
revoke create on schema accounts from portal_door;
