-- Who is asking, found with one look-up. The functions of 0002_context.sql called one another; a call costs more than what it reads,
-- and a page asks half a dozen times. What they answer is the same.

-- The person whose session it is; no row when it is nobody's. Read by the who-is-asking functions alone.
create view ctx.signed_in with (security_invoker = true) as
select p.id as person_id, p.member_type
from accounts.session s join accounts.person p on p.id = s.person_id
where s.token_hash = sha256(convert_to(current_setting('portal.token', true), 'UTF8'))
  and s.ended_at is null and s.expires_at > now() and s.ends_at > now() and p.active;
grant select on ctx.signed_in to portal_ctx;

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create or replace function ctx.person() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.person_id from ctx.signed_in s);
end $$;

create or replace function ctx.staff() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.person_id from ctx.signed_in s where s.member_type = 'STAFF');
end $$;

create or replace function ctx.is_staff() returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from ctx.signed_in s where s.member_type = 'STAFF');
end $$;

create or replace function ctx.staff_can(p_permission text) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from ctx.signed_in s join accounts.staff_permission sp on sp.person_id = s.person_id
    where s.member_type = 'STAFF' and sp.permission = p_permission);
end $$;

set role portal_owner;
revoke create on schema ctx from portal_ctx;
