-- Whoever loses access to the last client that let them in has nothing left to be signed in for: their sessions end with it.
grant create on schema invitations to portal_door;
set role portal_door;

create function invitations.end_sessions_without_access() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from accounts.person where id = old.person_id for update;      -- of two revoked at once, the second sees the first
  if not exists (select from invitations.invitation i where i.person_id = old.person_id and i.status = 'ONBOARDED') then
    update accounts.session set ended_at = clock_timestamp() where person_id = old.person_id and ended_at is null;
  end if;
  return null;
end $$;

grant execute on function invitations.end_sessions_without_access() to portal_owner;
set role portal_owner;
revoke create on schema invitations from portal_door;

create trigger end_sessions_without_access after update of status or delete on invitations.invitation for each row
  when (old.status = 'ONBOARDED') execute function invitations.end_sessions_without_access();
