-- A call that invited many, its key included, is remembered for 90 days, which is less than its mails are; what happened to a contact for two years,
-- and who was let in or put out in the audit trail for good.
grant delete on invitations.event to portal_door;
create policy door_forgets on invitations.event for delete to portal_door using (at < clock_timestamp() - interval '2 years');
create index event_old on invitations.event (at);
create index bulk_old on invitations.bulk (created_at) where contacts is null;
grant create on schema invitations to portal_door;
set role portal_door;

-- How many rows were forgotten, some at a call.
create function invitations.forget() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare old uuid := (select b.id from invitations.bulk b where b.contacts is null and b.created_at < clock_timestamp() - interval '90 days' order by b.created_at limit 1);
  calls int; events int;
begin
  delete from invitations.bulk_row r where r.bulk_id = old;
  delete from invitations.bulk b where b.id = old;
  get diagnostics calls = row_count;
  delete from invitations.event e where e.id in (
    select o.id from invitations.event o where o.at < clock_timestamp() - interval '2 years' order by o.at limit 1000);
  get diagnostics events = row_count;
  return calls + events;
end $$;

grant execute on function invitations.forget() to portal_job;
set role portal_owner;
revoke create on schema invitations from portal_door;
