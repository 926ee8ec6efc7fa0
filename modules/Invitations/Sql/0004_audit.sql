-- Who was let in and who was put out, in the audit trail. Where the mail is on its way is in the mail's own list.
grant create on schema invitations to portal_door;
set role portal_door;

create function invitations.audit_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  contact_name text := (select c.name from clients.contact c where c.id = new.contact_id);
  person uuid := (select i.person_id from invitations.invitation i where i.contact_id = new.contact_id);
begin
  perform audit.record(a.action, 'Contact', new.contact_id, new.client_id, format(a.summary, contact_name), person, new.by_name)
  from (select
    case
      when new.status = 'ONBOARDED' then 'CONTACT_ONBOARDED'
      when new.status = 'INVITED' and new.previous = 'INVITED' then 'INVITATION_RESENT'
      when new.status = 'INVITED' then 'CONTACT_INVITED'
      when new.detail = 'ACCESS_REVOKED' then 'PORTAL_ACCESS_REVOKED'
      when new.detail = 'INVITATION_REVOKED' then 'INVITATION_REVOKED'
      else 'INVITATION_ENDED' end,
    case
      when new.status = 'ONBOARDED' then '%s accepted the invitation.'
      when new.status = 'INVITED' and new.previous = 'INVITED' then '%s was sent a new link.'
      when new.status = 'INVITED' then '%s was invited.'
      when new.detail = 'ACCESS_REVOKED' then '%s no longer has portal access.'
      when new.detail = 'INVITATION_REVOKED' then 'The invitation of %s was taken back.'
      when new.detail = 'ADDRESS_CHANGED' then 'The invitation of %s ended: the address changed.'
      else 'The invitation of %s ended.' end) a (action, summary);
  return null;
end $$;

grant execute on function invitations.audit_event() to portal_owner;
set role portal_owner;
revoke create on schema invitations from portal_door;

create trigger audit_event after insert on invitations.event for each row
  when (new.status <> 'INVITED' or new.detail = 'QUEUED' and new.by_name is not null) execute function invitations.audit_event();
