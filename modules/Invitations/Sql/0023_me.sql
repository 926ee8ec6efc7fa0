-- Whose contact and which client it is, each with one look-up: the client stands in the invitation. A statement asks for it at every
-- table that it reads.

create or replace view ctx.seat with (security_invoker = true) as
select i.contact_id, i.person_id, i.client_id
from invitations.invitation i join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
where i.status = 'ONBOARDED';

-- The contact that the request names. Anything but a canonical UUID names nobody, rather than failing with what was given.
create view ctx.named with (security_invoker = true) as
select case when setting.value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then setting.value::uuid end as contact_id
from (values (current_setting('portal.contact', true))) setting (value);

-- The contact who is asking: who is signed in has accepted for the contact that is named.
create view ctx.me with (security_invoker = true) as
select s.contact_id, s.client_id
from ctx.signed_in a join ctx.seat s on s.person_id = a.person_id
where s.contact_id = (select n.contact_id from ctx.named n);

-- The contact that staff look at the portal as. Whether they may is for the functions below to ask.
create view ctx.previewed with (security_invoker = true) as
select c.id as contact_id, c.client_id
from clients.contact c join clients.client k on k.id = c.client_id and k.status = 'ACTIVE'
where c.id = (select n.contact_id from ctx.named n);

grant select on ctx.named, ctx.me, ctx.previewed to portal_ctx;

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create or replace function ctx.my_contact() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare mine uuid;
begin
  if coalesce(current_setting('portal.contact', true), '') = '' then return null; end if;
  mine := (select m.contact_id from ctx.me m);
  if mine is not null or not ctx.staff_can('PORTAL_PREVIEW') then return mine; end if;
  return (select p.contact_id from ctx.previewed p);
end $$;

create or replace function ctx.my_client() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare mine uuid;
begin
  if coalesce(current_setting('portal.contact', true), '') = '' then return null; end if;
  mine := (select m.client_id from ctx.me m);
  if mine is not null or not ctx.staff_can('PORTAL_PREVIEW') then return mine; end if;
  return (select p.client_id from ctx.previewed p);
end $$;

set role portal_owner;
revoke create on schema ctx from portal_ctx;
