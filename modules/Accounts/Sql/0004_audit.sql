-- Every sign-in, in the audit trail.
grant create on schema accounts to portal_door;
set role portal_door;

create function accounts.audit_session() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform audit.record('SIGNED_IN', case p.member_type when 'STAFF' then 'StaffMember' end, case p.member_type when 'STAFF' then p.id end, null,
    format('%s signed in.', p.name), p.id)
  from accounts.person p where p.id = new.person_id;
  return null;
end $$;

grant execute on function accounts.audit_session() to portal_owner;
set role portal_owner;
revoke create on schema accounts from portal_door;

create trigger audit_session after insert on accounts.session for each row execute function accounts.audit_session();
