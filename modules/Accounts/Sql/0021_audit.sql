-- Who may do what as staff, in the audit trail: whoever lets contacts in or looks through their eyes was once allowed to, by somebody.
grant create on schema accounts to portal_door;
set role portal_door;

create function accounts.audit_staff() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform audit.record('STAFF_MEMBER_ADDED', 'StaffMember', new.id, null, format('%s was added to the staff.', new.name));
  else
    perform audit.record('STAFF_MEMBER_DEACTIVATED', 'StaffMember', new.id, null, format('%s no longer has access as staff.', new.name));
  end if;
  return new;
end $$;

-- One event for all permissions that one statement gave to somebody, or took.
create function accounts.audit_permissions() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform audit.record('STAFF_PERMISSIONS_SET', 'StaffMember', p.id, null,
    format('%s: %s %s.', p.name, case tg_op when 'INSERT' then 'now' else 'no longer' end, c.permissions))
  from (select x.person_id, string_agg(x.permission, ', ' order by x.permission) as permissions from changed x group by x.person_id) c
  join accounts.person p on p.id = c.person_id;
  return null;
end $$;

grant execute on function accounts.audit_staff(), accounts.audit_permissions() to portal_owner;
set role portal_owner;
revoke create on schema accounts from portal_door;

create trigger audit_added after insert on accounts.person for each row when (new.member_type = 'STAFF') execute function accounts.audit_staff();
-- Before, because whoever shuts themselves out is nobody's session after.
create trigger audit_deactivated before update of active on accounts.person for each row when (new.member_type = 'STAFF' and old.active and not new.active) execute function accounts.audit_staff();
create trigger audit_given after insert on accounts.staff_permission referencing new table as changed for each statement execute function accounts.audit_permissions();
create trigger audit_taken after delete on accounts.staff_permission referencing old table as changed for each statement execute function accounts.audit_permissions();
