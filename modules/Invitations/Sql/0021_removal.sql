-- A contact is removed while others invite them, accept, or tell how far their mail is. These hold the invitation and then need the
-- contact to stay (their event refers to it); a removal held the contact and then needed the invitation. So a removal holds the
-- contact the way a change does, which lets the others finish, then the invitation (invitations.hold), and removes only then.
grant create on schema invitations to portal_door;
set role portal_door;

-- Waits for whoever is changing the contact's invitation, and keeps others from it. The contact, for the statement that removes it.
create function invitations.hold(p_contact uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not ctx.staff_can('CLIENTS_MANAGE') then return null; end if;
  -- Made when there is none: else what somebody makes at this instant would be out of sight, and its mail's sender could have it first.
  insert into invitations.invitation (contact_id, client_id) select c.id, c.client_id from clients.contact c where c.id = p_contact on conflict do nothing;
  perform 1 from invitations.invitation i where i.contact_id = p_contact for update;
  return p_contact;
end $$;

grant execute on function invitations.hold(uuid) to portal_staff;
set role portal_owner;
revoke create on schema invitations from portal_door;
