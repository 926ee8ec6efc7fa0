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
  perform 1 from invitations.invitation i where i.contact_id = p_contact for update;
  return p_contact;
end $$;

-- Invites, or sends a new link (p_resend). The outcome is OK, FORBIDDEN, NOT_FOUND, NOT_INVITED (nothing to resend), one of the
-- contract's skip reasons, or the limit that holds the mail back, with the time from which it may leave.
create or replace function invitations.invite(p_contact uuid, p_invitation uuid, p_token_hash bytea, p_expires_in interval, p_resend boolean, p_subject text,
  out outcome text, out retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c record; i invitations.invitation; l record; staff_name text;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then outcome := 'FORBIDDEN'; return; end if;
  select x.id, x.client_id, x.email, x.recipient_key, k.status, k.internal into c
    from clients.contact x join clients.client k on k.id = x.client_id where x.id = p_contact;
  if not found then outcome := 'NOT_FOUND'; return; end if;
  begin
    insert into invitations.invitation (contact_id, client_id) values (c.id, c.client_id) on conflict do nothing;
    select * into strict i from invitations.invitation where contact_id = c.id for update;
  exception when foreign_key_violation or no_data_found then
    outcome := 'NOT_FOUND'; return;                     -- removed at this instant
  end;
  outcome := case
    when i.status = 'ONBOARDED' then 'ALREADY_ONBOARDED'
    when c.internal then 'INTERNAL_CLIENT'
    when c.status <> 'ACTIVE' then 'INACTIVE_CLIENT'
    when c.email is null then 'NO_EMAIL'
    when p_resend and i.status <> 'INVITED' then 'NOT_INVITED'
    when not p_resend and i.status = 'INVITED' and i.expires_at > clock_timestamp() then 'ALREADY_INVITED' end;
  if outcome is not null then return; end if;
  select * into l from mail.limits(array[c.recipient_key]);
  if l.next_allowed_at is not null then outcome := l.limited_by; retry_at := l.next_allowed_at; return; end if;
  select p.name into staff_name from accounts.person p where p.id = ctx.staff();
  begin
    perform invitations.send_link(c.id, p_invitation, p_token_hash, coalesce(p_expires_in, i.expires_in, interval '7 days'), p_subject, staff_name);
  exception when foreign_key_violation then
    outcome := 'INTERNAL_CLIENT'; return;               -- it became internal at this instant
  end;
  outcome := 'OK';
end $$;

grant execute on function invitations.hold(uuid) to portal_staff;
set role portal_owner;
revoke create on schema invitations from portal_door;
