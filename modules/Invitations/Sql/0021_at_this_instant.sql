-- What else may happen to a contact or a client at the instant in which they are invited, or while their mail waits.
grant create on schema invitations to portal_door;
set role portal_door;

-- A link to an address that is no longer the contact's is dead. The row is made when there is none, so that there is something
-- to hold: whoever invites at this instant has it, and is waited for, or waits for it, and then reads the new address.
create or replace function invitations.follow_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i invitations.invitation;
begin
  insert into invitations.invitation (contact_id, client_id) values (new.id, new.client_id) on conflict do nothing;
  select * into strict i from invitations.invitation where contact_id = new.id for update;
  if i.status = 'INVITED' then
    update invitations.invitation set status = 'NOT_INVITED', detail = 'ADDRESS_CHANGED', invitation_id = null, token_hash = null, changed_by = null
    where contact_id = new.id;
    perform mail.suppress(i.invitation_id);
  end if;
  return null;
end $$;

-- Invites, or sends a new link (p_resend). The outcome is OK, FORBIDDEN, NOT_FOUND, NOT_INVITED (nothing to resend), one of the
-- contract's skip reasons, or the limit that holds the mail back, with the time from which it may leave.
-- The contact is read with the row in hand (see follow_address); one that was removed at this instant is not found.
create or replace function invitations.invite(p_contact uuid, p_invitation uuid, p_token_hash bytea, p_expires_in interval, p_resend boolean, p_subject text,
  out outcome text, out retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c record; i invitations.invitation; l record; staff_name text;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then outcome := 'FORBIDDEN'; return; end if;
  begin
    insert into invitations.invitation (contact_id, client_id) select x.id, x.client_id from clients.contact x where x.id = p_contact on conflict do nothing;
  exception when foreign_key_violation then null;
  end;
  select * into i from invitations.invitation where contact_id = p_contact for update;
  if not found then outcome := 'NOT_FOUND'; return; end if;
  select x.id, x.email, x.recipient_key, k.status, k.internal into strict c
    from clients.contact x join clients.client k on k.id = x.client_id where x.id = p_contact;
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

-- The invitation follows its mail. One whose client was inactive when it was to leave never will: there was nothing to say, and
-- the invitation stands without a mail. It says that none arrived, and its row in a call that invited many says why.
create or replace function invitations.follow_mail() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare contact uuid;
begin
  if new.state <> 'SUPPRESSED' then
    update invitations.invitation i set changed_by = null, detail = case
        when new.state = 'QUEUED' and new.waits_for = 'THROTTLE' then 'THROTTLED'
        when new.state = 'FAILED' then 'DELIVERY_FAILED'
        else new.state end
    where i.invitation_id = new.reference and i.status = 'INVITED' and i.detail is distinct from 'EXPIRED';
    return null;
  end if;
  update invitations.invitation i set changed_by = null, detail = 'DELIVERY_FAILED'
    from clients.client k where k.id = i.client_id and k.status <> 'ACTIVE' and i.invitation_id = new.reference and i.status = 'INVITED' and i.detail is distinct from 'EXPIRED'
    returning i.contact_id into contact;
  update invitations.bulk_row r set skipped = 'INACTIVE_CLIENT', invitation_id = null where r.contact_id = contact and r.invitation_id = new.reference;
  return null;
end $$;

set role portal_owner;
revoke create on schema invitations from portal_door;
