-- A call that invites many writes down whom it is about, as one list, and answers: fifty thousand rows take seconds to write,
-- their ids a moment. Workers turn the list into rows, a batch at a time and in its order.
alter table invitations.bulk
  add column contacts uuid[],                               -- whom the call is about, fixed when it was made; null once every row is written
  add column placed int not null default 0,                 -- how many of them have their row
  add constraint bulk_placed check (placed >= 0 and (contacts is null or placed < cardinality(contacts)));
alter table invitations.bulk alter column contacts set storage external;   -- random numbers: compressing them only costs time
create index bulk_open on invitations.bulk (id) where contacts is not null;

-- Of the rows of a call that reach one mailbox, one is invited: whoever works on it, and in however many steps.
alter table invitations.bulk_row add column recipient_key text;
create unique index bulk_row_one_mail_a_mailbox on invitations.bulk_row (bulk_id, recipient_key) where invitation_id is not null;

grant update on invitations.bulk to portal_door;
grant create on schema invitations to portal_door;
set role portal_door;

-- Calls that were being worked on become lists again, from their first pending row on; rows that are settled stay.
update invitations.bulk b set placed = first.position - 1, contacts = array(
    select r.contact_id from generate_series(1, first.last) n left join invitations.bulk_row r on r.bulk_id = b.id and r.position = n order by n)
from (
  select r.bulk_id, min(r.position) filter (where r.skipped is null and r.invitation_id is null) as position, max(r.position) as last
  from invitations.bulk_row r group by r.bulk_id) first
where first.bulk_id = b.id and first.position is not null;
delete from invitations.bulk_row where skipped is null and invitation_id is null;
drop function invitations.invite_batch(uuid[], bytea[], text);

-- Writes a call down: the contacts named (p_contacts, in that order), or every contact without an invitation, of the clients
-- named or of all, as they are at this moment. The outcome is OK with the call's id, an earlier one's for a repeated key;
-- FORBIDDEN, NOT_FOUND, TOO_MANY, or CONFLICT: the key stands for another call.
create or replace function invitations.invite_many(p_bulk uuid, p_key text, p_arguments bytea, p_contacts uuid[], p_clients uuid[], p_expires_in interval, p_limit int,
  out outcome text, out bulk_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := ctx.staff(); b invitations.bulk; chosen uuid[] := p_contacts;
begin
  if not ctx.staff_can('CLIENTS_INVITE') then outcome := 'FORBIDDEN'; return; end if;
  select * into b from invitations.bulk x where x.staff_id = me and x.idempotency_key = p_key;
  if not found then
    if chosen is null then
      chosen := array(
        select c.id from clients.contact c
        join clients.client k on k.id = c.client_id
        left join invitations.invitation i on i.contact_id = c.id
        where coalesce(i.status, 'NOT_INVITED') = 'NOT_INVITED' and (p_clients is null or c.client_id = any (p_clients))
        order by k.name, k.id, c.name, c.id limit p_limit + 1);
    end if;
    outcome := case
      when cardinality(chosen) > p_limit then 'TOO_MANY'
      when exists (select from unnest(p_clients) as k (id) where not exists (select from clients.client c where c.id = k.id))
        or (select count(*) from clients.contact c where c.id = any (p_contacts)) < cardinality(p_contacts) then 'NOT_FOUND' end;
    if outcome is not null then return; end if;           -- nothing is written down: the key is still free
    insert into invitations.bulk (id, staff_id, by_name, idempotency_key, arguments, expires_in, contacts)
    select p_bulk, p.id, p.name, p_key, p_arguments, p_expires_in, nullif(chosen, '{}') from accounts.person p where p.id = me
    on conflict (staff_id, idempotency_key) do nothing;
    if found then
      perform pg_notify('bulk_invitation', p_bulk::text);
      outcome := 'OK'; bulk_id := p_bulk; return;
    end if;
    select * into strict b from invitations.bulk x where x.staff_id = me and x.idempotency_key = p_key;   -- written at this instant
  end if;
  if b.arguments = p_arguments then outcome := 'OK'; bulk_id := b.id; else outcome := 'CONFLICT'; end if;
end $$;

-- The calls that still have rows to write, oldest first.
create function invitations.open_bulks() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.id from invitations.bulk b where b.contacts is not null order by b.id
$$;

-- Writes the next rows of a call, as many as there are links: each becomes an invitation with its mail, or is skipped for a
-- reason. How many it took; 0 when none is left or another worker is at this call. One transaction: a worker that dies leaves
-- nothing half done. A contact that was removed meanwhile has left the call.
create function invitations.invite_batch(p_bulk uuid, p_invitations uuid[], p_token_hashes bytea[], p_subject text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare b invitations.bulk; taken uuid[];
begin
  select * into b from invitations.bulk x where x.id = p_bulk and x.contacts is not null for update skip locked;
  if not found then return 0; end if;
  taken := b.contacts[b.placed + 1 : b.placed + cardinality(p_invitations)];
  insert into invitations.invitation (contact_id, client_id)
    select c.id, c.client_id from clients.contact c where c.id = any (taken) order by c.id on conflict do nothing;
  perform 1 from invitations.invitation i where i.contact_id = any (taken) order by i.contact_id for update;   -- in order: workers meet, and never in a circle

  insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, recipient_key, skipped, invitation_id)
  select b.id, b.placed + s.n, s.id, s.client_id, s.recipient_key, s.reason, case when s.reason is null then p_invitations[s.n] end
  from (
    select f.n, f.id, f.client_id, f.recipient_key,
      coalesce(f.obstacle, case when row_number() over (partition by f.recipient_key, f.obstacle order by f.n) > 1
        or exists (select from invitations.bulk_row r where r.bulk_id = b.id and r.recipient_key = f.recipient_key and r.invitation_id is not null) then 'DUPLICATE_ADDRESS' end) as reason
    from (
      select o.n, c.id, c.client_id, c.recipient_key, invitations.obstacle(i.status, i.expires_at, k.internal, k.status, c.email) as obstacle
      from unnest(taken) with ordinality as o (id, n)
      join clients.contact c on c.id = o.id
      join clients.client k on k.id = c.client_id
      join invitations.invitation i on i.contact_id = c.id) f) s
  on conflict do nothing;                                   -- settled before calls were lists

  perform mail.suppress(i.invitation_id) from invitations.invitation i     -- of links that have run out of time
    join invitations.bulk_row r on r.bulk_id = b.id and r.contact_id = i.contact_id and r.invitation_id = any (p_invitations)
    where i.invitation_id is not null and i.contact_id = any (taken);
  update invitations.invitation i set status = 'INVITED', detail = 'QUEUED', invitation_id = l.id, token_hash = l.token_hash, email = c.email,
    expires_in = b.expires_in, invited_at = clock_timestamp(), expires_at = clock_timestamp() + b.expires_in, invited_by = b.by_name, changed_by = b.by_name
  from unnest(p_invitations, p_token_hashes) as l (id, token_hash)
  join invitations.bulk_row r on r.bulk_id = b.id and r.contact_id = any (taken) and r.invitation_id = l.id
  join clients.contact c on c.id = r.contact_id
  where i.contact_id = r.contact_id;
  perform mail.enqueue(i.invitation_id, 'INVITATION', i.invitation_id, c.recipient_key, c.email, c.name, p_subject)
    from invitations.bulk_row r
    join invitations.invitation i on i.invitation_id = r.invitation_id
    join clients.contact c on c.id = r.contact_id
    where r.bulk_id = b.id and r.contact_id = any (taken) and r.invitation_id = any (p_invitations) order by r.position;

  if b.placed + cardinality(taken) < cardinality(b.contacts) then
    update invitations.bulk x set placed = b.placed + cardinality(taken) where x.id = b.id;
  else
    update invitations.bulk x set placed = b.placed + cardinality(taken), contacts = null where x.id = b.id;
  end if;
  perform pg_notify('bulk_invitation', b.id::text);
  return cardinality(taken);
end $$;

grant execute on function invitations.open_bulks(), invitations.invite_batch(uuid, uuid[], bytea[], text) to portal_job;
set role portal_owner;
revoke create on schema invitations from portal_door;

-- Every row settled has exactly one outcome from now on; those that wait are in the list.
alter table invitations.bulk_row drop constraint bulk_row_one_outcome,
  add constraint bulk_row_one_outcome check ((skipped is null) <> (invitation_id is null));
drop index invitations.bulk_row_pending;

-- How far each row is: read from the outbox, never kept by hand. A mail that was taken out of the outbox before it left
-- (another link replaced it, the invitation was taken back) counts as skipped.
create or replace view invitations.bulk_invitation_row with (security_invoker = true) as
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
  left join invitations.invitation i on i.contact_id = r.contact_id and o.state = 'SUPPRESSED'
  union all
  select b.id, (b.placed + w.n)::int, c.id, null, 'QUEUED', null, 'QUEUED'
  from invitations.bulk b
  cross join lateral unnest(b.contacts[b.placed + 1 :]) with ordinality as w (id, n)
  join clients.contact c on c.id = w.id;

create or replace view invitations.bulk_invitation with (security_invoker = true) as
  select b.id, w.n + r.total as total, w.n + r.queued as queued, r.sent, r.skipped, r.failed
  from invitations.bulk b
  cross join lateral (select coalesce(cardinality(b.contacts) - b.placed, 0) as n) w
  cross join lateral (
    select count(*)::int as total,
      (count(*) filter (where x.skipped is null and (o.id is null or o.state in ('QUEUED', 'SENDING'))))::int as queued,
      (count(*) filter (where o.state = 'SENT'))::int as sent,
      (count(*) filter (where x.skipped is not null or o.state = 'SUPPRESSED'))::int as skipped,
      (count(*) filter (where o.state = 'FAILED'))::int as failed
    from invitations.bulk_row x left join mail.outbox o on o.id = x.invitation_id
    where x.bulk_id = b.id) r;
