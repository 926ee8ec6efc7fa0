-- Which contact is asking, found with one look-up (Accounts/Sql/0006_context.sql says why).

-- Who accepted for which contact, while the client is active. Read by the who-is-asking functions alone.
create view ctx.seat with (security_invoker = true) as
select i.contact_id, i.person_id
from invitations.invitation i join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
where i.status = 'ONBOARDED';
grant select on ctx.seat to portal_ctx;

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create or replace function ctx.holder_of(p_contact uuid) returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select p.id from ctx.seat s join accounts.person p on p.id = s.person_id and p.active where s.contact_id = p_contact);
end $$;

create or replace function ctx.my_contact() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare named text := nullif(current_setting('portal.contact', true), '');
begin
  -- Anything but a canonical UUID names nobody, rather than failing with what was given.
  if named is null or named !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then return null; end if;
  if exists (select from ctx.signed_in a join ctx.seat s on s.person_id = a.person_id where s.contact_id = named::uuid) then return named::uuid; end if;
  if not ctx.staff_can('PORTAL_PREVIEW') then return null; end if;
  return (select c.id from clients.contact c join clients.client k on k.id = c.client_id and k.status = 'ACTIVE' where c.id = named::uuid);
end $$;

set role portal_owner;
revoke create on schema ctx from portal_ctx;
