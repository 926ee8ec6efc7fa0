-- A list of events costs its page, whoever asks. How: Clients/Sql/0006_access.sql.

drop policy entitled on calendar.event;
create policy entitled on calendar.event for select to portal_contact using (
  (select ctx.level('EVENT')) = 'ALL'
  or id = any ((select ctx.granted('EVENT'))::uuid[])
  or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('EVENT')) and a.kind = 'EVENT' and a.record_id = event.id));

-- What contacts walk.
create index event_shared on calendar.event (client_id, starts_at, id) where shared;

create view calendar.event_list with (security_invoker = true) as
select r.id, r.client_id, r.project_id, r.kind, r.title, r.description, r.location, r.starts_at, r.ends_at, r.all_day
from (
  select false as picked, r.id, r.client_id, r.project_id, r.kind, r.title, r.description, r.location, r.starts_at, r.ends_at, r.all_day
  from calendar.event r
  union all
  (select true, k.record_id, r.client_id, r.project_id, r.kind, r.title, r.description, r.location, r.starts_at, r.ends_at, r.all_day
  from (
    (select a.record_id, a.day from clients.addressee a where a.contact_id = (select ctx.addressed('EVENT')) and a.kind = 'EVENT')
    union all
    select g.record_id, g.day from ctx.granted_apart('EVENT') g) k
  cross join lateral (
    select x.client_id, x.project_id, x.kind, x.title, x.description, x.location, x.starts_at, x.ends_at, x.all_day
    from calendar.event x where x.id = k.record_id and x.title <> '' offset 0) r)
) r
where r.picked = (select ctx.picks('EVENT'));
grant select on calendar.event_list to portal_contact, portal_staff;

-- No policy uses them any more.
set role portal_ctx;
drop function ctx.singled_out(text);
drop function ctx.singled_out_of(uuid, text);
set role portal_owner;
