-- Inviting many at once. A call writes down whom it is about, in one statement; workers make the links and queue the mails.
-- Staff who may invite see every call and how far it is.
grant select on invitations.bulk, invitations.bulk_row to portal_staff;
create policy staff_read on invitations.bulk for select to portal_staff using ((select ctx.staff_can('CLIENTS_INVITE')));
create policy staff_read on invitations.bulk_row for select to portal_staff using ((select ctx.staff_can('CLIENTS_INVITE')));

grant select, insert, delete on invitations.bulk to portal_door;
grant select, insert, update, delete on invitations.bulk_row to portal_door;
create policy door on invitations.bulk to portal_door using (true) with check (true);
create policy door on invitations.bulk_row to portal_door using (true) with check (true);

-- How far each row is: read from the outbox, never kept by hand. A mail that was taken out of the outbox before it left
-- (another link replaced it, the invitation was taken back) counts as skipped.
create view invitations.bulk_invitation_row with (security_invoker = true) as
  select r.bulk_id, r.position, r.contact_id,
    case when o.state = 'SUPPRESSED' then case i.status when 'INVITED' then 'ALREADY_INVITED' when 'ONBOARDED' then 'ALREADY_ONBOARDED' end
      else r.skipped end as skipped,
    case when r.skipped is not null then null
      when o.state = 'SUPPRESSED' then i.detail
      when o.state = 'QUEUED' and o.waits_for = 'THROTTLE' then 'THROTTLED'
      when o.state = 'FAILED' then 'DELIVERY_FAILED'
      else coalesce(o.state, 'QUEUED') end as detail,
    case when o.state = 'QUEUED' and o.waits_for is not null then o.not_before at time zone 'UTC' end as retry_at,
    case when r.skipped is not null or o.state = 'SUPPRESSED' then 'SKIPPED' when o.state in ('SENT', 'FAILED') then o.state else 'QUEUED' end as progress
  from invitations.bulk_row r
  left join mail.outbox o on o.id = r.invitation_id
  left join invitations.invitation i on i.contact_id = r.contact_id and o.state = 'SUPPRESSED';

create view invitations.bulk_invitation with (security_invoker = true) as
  select b.id, count(r.position)::int as total,
    (count(*) filter (where r.progress = 'QUEUED'))::int as queued,
    (count(*) filter (where r.progress = 'SENT'))::int as sent,
    (count(*) filter (where r.progress = 'SKIPPED'))::int as skipped,
    (count(*) filter (where r.progress = 'FAILED'))::int as failed
  from invitations.bulk b left join invitations.bulk_invitation_row r on r.bulk_id = b.id
  group by b.id;
grant select on invitations.bulk_invitation_row, invitations.bulk_invitation to portal_staff;

grant create on schema invitations to portal_door;
set role portal_door;

-- Why a contact cannot be invited as things are; null when they can. Volatile and without settings, so that it is inlined: it is asked 50,000 times.
create function invitations.obstacle(p_status text, p_expires_at timestamptz, p_internal boolean, p_client_status text, p_email text) returns text
language sql volatile as $$
  select case
    when p_status = 'ONBOARDED' then 'ALREADY_ONBOARDED'
    when p_internal then 'INTERNAL_CLIENT'
    when p_client_status <> 'ACTIVE' then 'INACTIVE_CLIENT'
    when p_email is null then 'NO_EMAIL'
    when p_status = 'INVITED' and p_expires_at > clock_timestamp() then 'ALREADY_INVITED' end
$$;

-- Writes a call down: the contacts named (p_contacts, in that order), or every contact without an invitation, of the clients
-- named or of all. The outcome is OK with the call's id, an earlier one's for a repeated key; FORBIDDEN, NOT_FOUND, TOO_MANY,
-- or CONFLICT: the key stands for another call.
-- A mail limit skips nobody: the mail waits for its turn in the outbox.
create function invitations.invite_many(p_bulk uuid, p_key text, p_arguments bytea, p_contacts uuid[], p_clients uuid[], p_expires_in interval, p_limit int,
  out outcome text, out bulk_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := ctx.staff(); b invitations.bulk; n int;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then outcome := 'FORBIDDEN'; return; end if;
  insert into invitations.bulk (id, staff_id, by_name, idempotency_key, arguments, expires_in)
  select p_bulk, p.id, p.name, p_key, p_arguments, p_expires_in from accounts.person p where p.id = me
  on conflict (staff_id, idempotency_key) do nothing;
  if not found then
    select * into strict b from invitations.bulk x where x.staff_id = me and x.idempotency_key = p_key;
    if b.arguments = p_arguments then outcome := 'OK'; bulk_id := b.id; else outcome := 'CONFLICT'; end if;
    return;
  end if;

  if exists (select from unnest(p_clients) as k (id) where not exists (select from clients.client c where c.id = k.id)) then
    outcome := 'NOT_FOUND';
  else
    insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, skipped)
    select p_bulk, s.position, s.contact_id, s.client_id,
      coalesce(s.obstacle, case when row_number() over (partition by s.recipient_key, s.obstacle order by s.position) > 1 then 'DUPLICATE_ADDRESS' end)
    from (
      select row_number() over (order by named.position, k.name, k.id, c.name, c.id) as position, c.id as contact_id, c.client_id, c.recipient_key,
        invitations.obstacle(i.status, i.expires_at, k.internal, k.status, c.email) as obstacle
      from clients.contact c
      join clients.client k on k.id = c.client_id
      left join invitations.invitation i on i.contact_id = c.id
      left join unnest(p_contacts) with ordinality as named (id, position) on named.id = c.id
      where case when p_contacts is not null then named.id is not null
        else coalesce(i.status, 'NOT_INVITED') = 'NOT_INVITED' and (p_clients is null or c.client_id = any (p_clients)) end
      limit p_limit + 1) s;
    get diagnostics n = row_count;
    outcome := case when n > p_limit then 'TOO_MANY' when n < cardinality(p_contacts) then 'NOT_FOUND' end;
  end if;
  if outcome is not null then
    delete from invitations.bulk_row r where r.bulk_id = p_bulk;
    delete from invitations.bulk x where x.id = p_bulk;      -- nothing came of it: the key is free again
    return;
  end if;
  perform pg_notify('bulk_invitation', p_bulk::text);
  outcome := 'OK'; bulk_id := p_bulk;
end $$;

-- Turns the next pending rows of one call into invitations with their mails, as many as there are links, and tells how many
-- rows it settled. One transaction: a worker that dies leaves them as they were. Whether each contact can be invited is
-- decided again: much may have happened since.
create function invitations.invite_batch(p_invitations uuid[], p_token_hashes bytea[], p_subject text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare b invitations.bulk; contacts uuid[];
begin
  select x.* into b from invitations.bulk_row r join invitations.bulk x on x.id = r.bulk_id
    where r.skipped is null and r.invitation_id is null order by r.bulk_id, r.position limit 1 for update of r skip locked;
  if not found then return 0; end if;
  contacts := array(
    select r.contact_id from invitations.bulk_row r where r.bulk_id = b.id and r.skipped is null and r.invitation_id is null
    order by r.position limit cardinality(p_invitations) for update skip locked);
  insert into invitations.invitation (contact_id, client_id)
    select c.id, c.client_id from clients.contact c where c.id = any (contacts) order by c.id on conflict do nothing;
  perform 1 from invitations.invitation i where i.contact_id = any (contacts) order by i.contact_id for update;   -- in order: workers meet, and never in a circle

  update invitations.bulk_row r set skipped = s.obstacle, invitation_id = case when s.obstacle is null then p_invitations[s.n] end
  from (
    select c.id, invitations.obstacle(i.status, i.expires_at, k.internal, k.status, c.email) as obstacle, row_number() over (order by o.position) as n
    from unnest(contacts) with ordinality as o (id, position)
    join clients.contact c on c.id = o.id
    join clients.client k on k.id = c.client_id
    join invitations.invitation i on i.contact_id = c.id) s
  where r.bulk_id = b.id and r.contact_id = s.id;

  perform mail.suppress(i.invitation_id) from invitations.invitation i     -- of links that have run out of time
    join invitations.bulk_row r on r.bulk_id = b.id and r.contact_id = i.contact_id and r.invitation_id = any (p_invitations)
    where i.invitation_id is not null and i.contact_id = any (contacts);
  update invitations.invitation i set status = 'INVITED', detail = 'QUEUED', invitation_id = l.id, token_hash = l.token_hash, email = c.email,
    expires_in = b.expires_in, invited_at = clock_timestamp(), expires_at = clock_timestamp() + b.expires_in, invited_by = b.by_name, changed_by = b.by_name
  from unnest(p_invitations, p_token_hashes) as l (id, token_hash)
  join invitations.bulk_row r on r.bulk_id = b.id and r.contact_id = any (contacts) and r.invitation_id = l.id
  join clients.contact c on c.id = r.contact_id
  where i.contact_id = r.contact_id;
  perform mail.enqueue(i.invitation_id, 'INVITATION', i.invitation_id, c.recipient_key, c.email, c.name, p_subject)
    from invitations.bulk_row r
    join invitations.invitation i on i.invitation_id = r.invitation_id
    join clients.contact c on c.id = r.contact_id
    where r.bulk_id = b.id and r.contact_id = any (contacts) and r.invitation_id = any (p_invitations) order by r.position;
  perform pg_notify('bulk_invitation', b.id::text);
  return cardinality(contacts);
end $$;

grant execute on function invitations.invite_many(uuid, text, bytea, uuid[], uuid[], interval, int) to portal_staff;
grant execute on function invitations.invite_batch(uuid[], bytea[], text) to portal_job;
set role portal_owner;
revoke create on schema invitations from portal_door;
