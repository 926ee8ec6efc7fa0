-- Whose sessions these are is asked for several requests at once: none may wait for a row that somebody else holds. That a session
-- was used is noted the next time, then.
grant create on schema accounts to portal_door;
set role portal_door;
create or replace function accounts.who(p_token text)
returns table (session_id uuid, person_id uuid, member_type text, name text, email text, permissions text[], last_contact_id uuid)
language plpgsql security definer rows 1 set search_path = pg_catalog, pg_temp as $$
declare s accounts.session;
begin
  select x.* into s from accounts.session x
    where x.token_hash = sha256(convert_to(p_token, 'UTF8')) and x.ended_at is null and x.expires_at > now() and x.ends_at > now();
  if not found then return; end if;
  if s.last_seen_at < now() - least(interval '1 minute', s.idle_limit / 10) then
    update accounts.session x set last_seen_at = now(), expires_at = least(x.ends_at, now() + x.idle_limit)
      where x.id = (select y.id from accounts.session y where y.id = s.id for update skip locked);
  end if;
  return query
    select s.id, p.id, p.member_type, p.name, p.email,
      array(select sp.permission from accounts.staff_permission sp where sp.person_id = p.id order by 1), p.last_contact_id
    from accounts.person p where p.id = s.person_id and p.active;
end $$;
set role portal_owner;
revoke create on schema accounts from portal_door;
