-- Which contact is asking. portal.contact says which of a person's contacts is meant; it is no secret and proves nothing:
-- the invitation must be accepted, by this person, at an active client. Staff with PORTAL_PREVIEW may name any contact.
grant usage on schema invitations to portal_ctx, portal_door, portal_contact, portal_staff, portal_auth, portal_job;
grant select (contact_id, client_id, status, person_id) on invitations.invitation to portal_ctx;
create policy ctx_reads on invitations.invitation for select to portal_ctx using (true);

grant create on schema ctx to portal_ctx;
set role portal_ctx;

-- The person who may open the portal as this contact: who accepted, while the client is active and the sign-in too.
create function ctx.holder_of(p_contact uuid) returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select p.id from invitations.invitation i
    join accounts.person p on p.id = i.person_id and p.active
    join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
    where i.contact_id = p_contact and i.status = 'ONBOARDED');
end $$;

create function ctx.my_contact() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare named text := nullif(current_setting('portal.contact', true), '');
begin
  -- Anything but a canonical UUID names nobody, rather than failing with what was given.
  if named is null or named !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then return null; end if;
  return (
    select c.id from clients.contact c join clients.client k on k.id = c.client_id and k.status = 'ACTIVE'
    where c.id = named::uuid and (ctx.holder_of(c.id) = ctx.person() or ctx.staff_can('PORTAL_PREVIEW')));
end $$;

create function ctx.my_client() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select c.client_id from clients.contact c where c.id = ctx.my_contact());
end $$;

grant execute on function ctx.my_contact(), ctx.my_client() to portal_contact;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
