-- Contacts see where they themselves stand; the link's hash is nobody's to read.
grant select (contact_id, client_id, status, invited_at, onboarded_at) on invitations.invitation to portal_contact;
create policy own_client on invitations.invitation as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy mine on invitations.invitation for select to portal_contact using (contact_id = (select ctx.my_contact()));

grant select (contact_id, client_id, status, detail, invited_at, expires_at, onboarded_at) on invitations.invitation to portal_staff;
grant select on invitations.event to portal_staff;
create policy staff_read on invitations.invitation for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on invitations.event for select to portal_staff using ((select ctx.is_staff()));

-- Where every contact stands, for other modules to filter by; an invitation whose time has run out says so.
create view invitations.standing with (security_invoker = true) as
  select c.id as contact_id, c.client_id, coalesce(i.status, 'NOT_INVITED') as status,
    case when i.status = 'INVITED' and i.expires_at <= now() then 'EXPIRED' else i.detail end as detail
  from clients.contact c left join invitations.invitation i on i.contact_id = c.id;
grant select on invitations.standing to portal_staff;

grant select, insert, update on invitations.invitation to portal_door;
grant select, insert on invitations.event to portal_door;
create policy door on invitations.invitation to portal_door using (true) with check (true);
create policy door_reads on invitations.event for select to portal_door using (true);
create policy door_appends on invitations.event for insert to portal_door with check (true);

grant create on schema invitations to portal_door;
set role portal_door;

-- Every change of status or detail becomes an event, in the same transaction, whoever made it. Written when the transaction
-- commits and one transaction at a time, so that ids rise in the order in which events become visible: who has read up to an
-- id has missed none below it. The lock is a transaction's last, so it closes no circle; and it costs next to nothing, because
-- PostgreSQL lets transactions that notify commit one at a time anyway.
create function invitations.record_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare event_id bigint;
begin
  perform pg_advisory_xact_lock(7310447);
  insert into invitations.event (contact_id, client_id, previous, status, detail, by_name)
  values (new.contact_id, new.client_id, case tg_op when 'INSERT' then 'NOT_INVITED' else old.status end, new.status, new.detail, new.changed_by)
  returning id into event_id;
  perform pg_notify('invitation_event', event_id::text);
  return null;
end $$;

-- The invitation follows its mail.
create function invitations.follow_mail() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update invitations.invitation i set changed_by = null, detail = case
      when new.state = 'QUEUED' and new.waits_for = 'THROTTLE' then 'THROTTLED'
      when new.state = 'FAILED' then 'DELIVERY_FAILED'
      when new.state = 'SUPPRESSED' then i.detail
      else new.state end
  where i.invitation_id = new.reference and i.status = 'INVITED' and i.detail is distinct from 'EXPIRED';
  return null;
end $$;

-- A link to an address that is no longer the contact's is dead.
create function invitations.follow_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare link uuid;
begin
  select i.invitation_id into link from invitations.invitation i where i.contact_id = new.id and i.status = 'INVITED' for update;
  if found then
    update invitations.invitation set status = 'NOT_INVITED', detail = 'ADDRESS_CHANGED', invitation_id = null, token_hash = null, changed_by = null
    where contact_id = new.id;
    perform mail.suppress(link);
  end if;
  return null;
end $$;

-- An invitation past its time does not keep a client from becoming internal.
create function invitations.follow_internal() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update invitations.invitation set status = 'NOT_INVITED', detail = 'EXPIRED', invitation_id = null, token_hash = null, changed_by = null
  where client_id = new.id and status = 'INVITED' and expires_at <= clock_timestamp();
  return new;
end $$;

-- What the holder of a link may know. Unknown, used and revoked look alike.
create function invitations.page(p_token_hash bytea)
returns table (state text, contact_name text, client_name text, email text, expires_at timestamptz, invited_by text,
  existing_person uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when i.expires_at > clock_timestamp() then 'OPEN' else 'EXPIRED' end, c.name, k.name, i.email, i.expires_at, i.invited_by, p.id
  from invitations.invitation i
  join clients.contact c on c.id = i.contact_id
  join clients.client k on k.id = c.client_id and k.status = 'ACTIVE'
  left join accounts.person p on p.email_key = c.sign_in_key and p.active
  where i.token_hash = p_token_hash and i.status = 'INVITED'
$$;

-- Makes a link and queues its mail. The caller holds the row's lock and has decided that it may be.
create function invitations.send_link(p_contact uuid, p_invitation uuid, p_token_hash bytea, p_expires_in interval, p_subject text, p_by text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c clients.contact; older uuid;
begin
  select * into strict c from clients.contact where id = p_contact;
  select invitation_id into older from invitations.invitation where contact_id = p_contact;
  if older is not null then perform mail.suppress(older); end if;
  update invitations.invitation set status = 'INVITED', detail = 'QUEUED', invitation_id = p_invitation, token_hash = p_token_hash, email = c.email,
    expires_in = p_expires_in, invited_at = clock_timestamp(), expires_at = clock_timestamp() + p_expires_in,
    invited_by = coalesce(p_by, invited_by), changed_by = p_by
  where contact_id = p_contact;
  perform mail.enqueue(p_invitation, 'INVITATION', p_invitation, c.recipient_key, c.email, c.name, p_subject);
end $$;

-- Invites, or sends a new link (p_resend). The outcome is OK, FORBIDDEN, NOT_FOUND, NOT_INVITED (nothing to resend), one of the
-- contract's skip reasons, or the limit that holds the mail back, with the time from which it may leave.
create function invitations.invite(p_contact uuid, p_invitation uuid, p_token_hash bytea, p_expires_in interval, p_resend boolean, p_subject text,
  out outcome text, out retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c record; i invitations.invitation; l record; staff_name text;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then outcome := 'FORBIDDEN'; return; end if;
  select x.id, x.client_id, x.email, x.recipient_key, k.status, k.internal into c
    from clients.contact x join clients.client k on k.id = x.client_id where x.id = p_contact;
  if not found then outcome := 'NOT_FOUND'; return; end if;
  insert into invitations.invitation (contact_id, client_id) values (c.id, c.client_id) on conflict do nothing;
  select * into strict i from invitations.invitation where contact_id = c.id for update;
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

-- Takes back a pending invitation, or portal access. OK, FORBIDDEN, NOT_FOUND, or NOTHING when there is none to take back.
create function invitations.revoke(p_contact uuid, p_access boolean) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i invitations.invitation; staff_name text;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then return 'FORBIDDEN'; end if;
  if not exists (select from clients.contact c where c.id = p_contact) then return 'NOT_FOUND'; end if;
  select * into i from invitations.invitation where contact_id = p_contact for update;
  if not found or i.status <> (case when p_access then 'ONBOARDED' else 'INVITED' end) then return 'NOTHING'; end if;
  select p.name into staff_name from accounts.person p where p.id = ctx.staff();
  update invitations.invitation set status = 'NOT_INVITED', detail = case when p_access then 'ACCESS_REVOKED' else 'INVITATION_REVOKED' end,
    invitation_id = null, token_hash = null, person_id = null, onboarded_at = null, changed_by = staff_name
  where contact_id = p_contact;
  if i.invitation_id is not null then perform mail.suppress(i.invitation_id); end if;
  return 'OK';
end $$;

-- Accepts: OK, INVALID, EXPIRED, STAFF_ADDRESS, or EXISTING_ACCOUNT when the address has a sign-in and p_verified is not it.
-- p_verified: the person whose password the caller has checked. Otherwise a new person is made.
create function invitations.accept(p_token_hash bytea, p_verified uuid, p_new_person uuid, p_name text, p_password_hash text,
  out outcome text, out person_id uuid, out contact_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i invitations.invitation; c record; p record;
begin
  select x.* into i from invitations.invitation x where x.token_hash = p_token_hash and x.status = 'INVITED' for update;
  if not found then outcome := 'INVALID'; return; end if;
  select x.name, x.sign_in_key, x.email, k.status into c from clients.contact x join clients.client k on k.id = x.client_id where x.id = i.contact_id;
  if c.status <> 'ACTIVE' then outcome := 'INVALID'; return; end if;
  if i.expires_at <= clock_timestamp() then outcome := 'EXPIRED'; return; end if;
  select x.id, x.member_type, x.active into p from accounts.person x where x.email_key = c.sign_in_key;
  if found then
    if p.member_type = 'STAFF' then outcome := 'STAFF_ADDRESS'; return; end if;
    if p_verified is null or p.id <> p_verified or not p.active then outcome := 'EXISTING_ACCOUNT'; return; end if;
    person_id := p.id;
  else
    if p_verified is not null then outcome := 'INVALID'; return; end if;
    begin
      insert into accounts.person (id, member_type, name, email, email_key, password_hash)
      values (p_new_person, 'CLIENT', coalesce(p_name, c.name), c.email, c.sign_in_key, p_password_hash);
    exception when unique_violation then
      outcome := 'EXISTING_ACCOUNT'; return;             -- made at this instant, by the same person's other invitation
    end;
    person_id := p_new_person;
  end if;
  contact_id := i.contact_id;
  update invitations.invitation x set status = 'ONBOARDED', detail = null, onboarded_at = clock_timestamp(), person_id = accept.person_id,
    invitation_id = null, token_hash = null, changed_by = (select n.name from accounts.person n where n.id = accept.person_id)
  where x.contact_id = i.contact_id;
  update accounts.person x set last_contact_id = i.contact_id where x.id = accept.person_id;
  perform mail.suppress(i.invitation_id);
  outcome := 'OK';
end $$;

-- The holder of an expired link asks for a fresh one. Says nothing of what it did.
create function invitations.request_new(p_token_hash bytea, p_invitation uuid, p_new_token_hash bytea, p_subject text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i invitations.invitation; c record;
begin
  select x.* into i from invitations.invitation x where x.token_hash = p_token_hash and x.status = 'INVITED' and x.expires_at <= clock_timestamp() for update;
  if not found then return; end if;
  select x.recipient_key, k.status into c from clients.contact x join clients.client k on k.id = x.client_id where x.id = i.contact_id;
  if c.status <> 'ACTIVE' or exists (select from mail.limits(array[c.recipient_key]) l where l.next_allowed_at is not null) then return; end if;
  perform invitations.send_link(i.contact_id, p_invitation, p_new_token_hash, i.expires_in, p_subject, null);
end $$;

-- Notes, once, that links have run out of time, a limited number at a call. They stay INVITED: their page still offers a new link.
create function invitations.expire() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare links uuid[];
begin
  with late as (
    select i.contact_id from invitations.invitation i
    where i.status = 'INVITED' and i.detail is distinct from 'EXPIRED' and i.expires_at <= clock_timestamp()
    order by i.expires_at limit 500 for update skip locked),
  expired as (
    update invitations.invitation i set detail = 'EXPIRED', changed_by = null from late where i.contact_id = late.contact_id returning i.invitation_id)
  select array_agg(e.invitation_id) into links from expired e;
  perform mail.suppress(l) from unnest(links) as l;        -- a mail that still waits would bring a dead link
  return coalesce(cardinality(links), 0);
end $$;

-- The clients whose portal this session's person may open.
create function invitations.memberships(p_token text)
returns table (contact_id uuid, client_id uuid, client_name text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.contact_id, i.client_id, k.name, i.onboarded_at
  from accounts.session s
  join accounts.person p on p.id = s.person_id and p.active
  join invitations.invitation i on i.person_id = p.id and i.status = 'ONBOARDED'
  join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
  where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
  order by k.name, i.contact_id
$$;

-- Remembers which client's portal was opened last.
create function invitations.remember_membership(p_token text, p_contact uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update accounts.person p set last_contact_id = p_contact
  where exists (select from invitations.memberships(p_token) m where m.contact_id = p_contact)
    and p.id = (select s.person_id from accounts.session s where s.token_hash = sha256(convert_to(p_token, 'UTF8')))
$$;

-- What an invitation mail says; no row when the link was revoked or replaced since the mail was queued. For workers, by the attempt they hold.
create function invitations.mail_content(p_attempt bigint, p_invitation uuid)
returns table (contact_name text, client_name text, invited_by text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name, k.name, i.invited_by, i.expires_at
  from invitations.invitation i
  join clients.contact c on c.id = i.contact_id
  join clients.client k on k.id = c.client_id and k.status = 'ACTIVE'
  where i.invitation_id = p_invitation and i.status = 'INVITED' and mail.is_claimed(p_attempt, p_invitation)
$$;

-- The mail limits of contacts, for staff who may invite.
create function invitations.limits(p_contacts uuid[])
returns table (contact_id uuid, sent_in_24_hours int, next_allowed_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, l.sent_in_24_hours, l.next_allowed_at
  from clients.contact c
  join mail.limits(array(select distinct x.recipient_key from clients.contact x where x.id = any (p_contacts) and x.recipient_key is not null)) l
    on l.recipient_key = c.recipient_key
  where c.id = any (p_contacts) and (select ctx.staff_can('CLIENTS_INVITE'))
$$;

grant execute on function invitations.invite(uuid, uuid, bytea, interval, boolean, text), invitations.revoke(uuid, boolean), invitations.limits(uuid[]) to portal_staff;
grant execute on function invitations.page(bytea), invitations.accept(bytea, uuid, uuid, text, text), invitations.request_new(bytea, uuid, bytea, text),
  invitations.memberships(text), invitations.remember_membership(text, uuid) to portal_auth;
grant execute on function invitations.mail_content(bigint, uuid), invitations.expire() to portal_job;
grant execute on function invitations.record_event(), invitations.follow_mail(), invitations.follow_address(), invitations.follow_internal() to portal_owner;
set role portal_owner;
revoke create on schema invitations from portal_door;

create constraint trigger record_insert after insert on invitations.invitation deferrable initially deferred for each row
  when (new.status <> 'NOT_INVITED') execute function invitations.record_event();
create constraint trigger record_update after update on invitations.invitation deferrable initially deferred for each row
  when ((old.status, old.detail) is distinct from (new.status, new.detail)) execute function invitations.record_event();
create trigger invitation_mail after update on mail.outbox for each row
  when (new.kind = 'INVITATION' and (old.state, old.waits_for) is distinct from (new.state, new.waits_for)) execute function invitations.follow_mail();
create trigger invitation_address after update of email on clients.contact for each row
  when (old.email is distinct from new.email) execute function invitations.follow_address();
create trigger invitation_internal before update of internal on clients.client for each row
  when (new.internal and not old.internal) execute function invitations.follow_internal();
