-- Who is asking. Policies call these as (select ctx.f()): once a statement, never once a row.
-- They read portal.token, which nobody can forge without the session's secret, and the tables as they are at this statement:
-- a session that was ended a moment ago names nobody.
create schema ctx;
grant usage on schema ctx to portal_ctx, portal_door, portal_contact, portal_staff, portal_auth;
grant usage on schema accounts to portal_ctx, portal_door, portal_staff, portal_auth;
grant select on accounts.person, accounts.session, accounts.staff_permission to portal_ctx;
create policy ctx_reads on accounts.person for select to portal_ctx using (true);
create policy ctx_reads on accounts.session for select to portal_ctx using (true);
create policy ctx_reads on accounts.staff_permission for select to portal_ctx using (true);

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create function ctx.person() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select p.id from accounts.session s join accounts.person p on p.id = s.person_id
    where s.token_hash = sha256(convert_to(current_setting('portal.token', true), 'UTF8'))
      and s.ended_at is null and s.expires_at > now() and s.ends_at > now() and p.active);
end $$;

create function ctx.staff() returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select p.id from accounts.person p where p.id = ctx.person() and p.member_type = 'STAFF');
end $$;

create function ctx.is_staff() returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.staff() is not null;
end $$;

create function ctx.staff_can(p_permission text) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from accounts.staff_permission sp where sp.person_id = ctx.staff() and sp.permission = p_permission);
end $$;

grant execute on function ctx.person(), ctx.staff(), ctx.is_staff(), ctx.staff_can(text) to portal_staff, portal_contact, portal_door;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
