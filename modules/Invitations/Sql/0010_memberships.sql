-- Asked with every request: PL/pgSQL keeps the plan as long as the connection lives, SQL plans anew each time (0.45 ms to 0.1 ms).
grant create on schema invitations to portal_door;
set role portal_door;
create or replace function invitations.memberships(p_token text)
returns table (contact_id uuid, client_id uuid, client_name text, since timestamptz)
language plpgsql stable security definer rows 10 set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select i.contact_id, i.client_id, k.name, i.onboarded_at
    from accounts.session s
    join accounts.person p on p.id = s.person_id and p.active
    join invitations.invitation i on i.person_id = p.id and i.status = 'ONBOARDED'
    join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
    where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
    order by k.name, i.contact_id;
end $$;
set role portal_owner;
revoke create on schema invitations from portal_door;
