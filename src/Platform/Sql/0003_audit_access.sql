grant usage on schema audit to portal_staff, portal_door;
grant select on audit.event to portal_staff;
create policy staff_read on audit.event for select to portal_staff using ((select ctx.staff_can('AUDIT_VIEW')));
grant insert on audit.event to portal_door;
create policy door_appends on audit.event for insert to portal_door with check (true);

grant create on schema audit to portal_door;
set role portal_door;

-- Adds an event, for the trigger functions of this role alone. By the person who is asking; else by p_person; else by p_by.
create function audit.record(p_action text, p_subject_type text, p_subject_id uuid, p_client_id uuid, p_summary text, p_person uuid default null, p_by text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare person uuid := coalesce(ctx.person(), p_person);
begin
  insert into audit.event (actor, actor_person, action, subject_type, subject_id, client_id, summary)
  values (coalesce((select p.name from accounts.person p where p.id = person), p_by, 'System'), person, p_action, p_subject_type, p_subject_id, p_client_id, p_summary);
end $$;

set role portal_owner;
revoke create on schema audit from portal_door;
