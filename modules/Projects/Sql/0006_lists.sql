-- A list of tickets or projects costs its page, whoever asks. How: Clients/Sql/0006_access.sql.

drop policy entitled on projects.ticket;
create policy entitled on projects.ticket for select to portal_contact using (
  (select ctx.level('TICKET')) = 'ALL'
  or id = any ((select ctx.granted('TICKET'))::uuid[])
  or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('TICKET')) and a.kind = 'TICKET' and a.record_id = ticket.id));
drop policy entitled on projects.project;
create policy entitled on projects.project for select to portal_contact using (
  (select ctx.level('PROJECT')) = 'ALL'
  or id = any ((select ctx.granted('PROJECT'))::uuid[])
  or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('PROJECT')) and a.kind = 'PROJECT' and a.record_id = project.id));

-- What contacts walk: with unapproved tickets left out, a page reads a page.
create index ticket_published on projects.ticket (client_id, sorted_on desc, id desc) include (status) where status in ('APPROVED', 'INVOICED');

-- The ticket's day beside what names it. What contacts do not see comes last, where no page passes it.
grant usage on schema projects to portal_door;
grant select (id, status, sorted_on) on projects.ticket to portal_door;
create policy door on projects.ticket for select to portal_door using (true);
grant create on schema projects to portal_door;
set role portal_door;
create function projects.give_ticket_day() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.day := coalesce((select case when r.status in ('APPROVED', 'INVOICED') then r.sorted_on else '-infinity' end from projects.ticket r where r.id = new.record_id), new.day);
  return new;
end $$;
create function projects.ticket_day_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update clients.addressee a set day = d.day
  from (select r.id, case when r.status in ('APPROVED', 'INVOICED') then r.sorted_on else '-infinity' end as day from changed r) d where a.kind = 'TICKET' and a.record_id = d.id and a.day <> d.day;
  update clients.record_exception e set day = d.day
  from (select r.id, case when r.status in ('APPROVED', 'INVOICED') then r.sorted_on else '-infinity' end as day from changed r) d where e.kind = 'TICKET' and e.record_id = d.id and e.day <> d.day;
  return null;
end $$;
grant execute on function projects.give_ticket_day(), projects.ticket_day_changed() to portal_owner;
set role portal_owner;
revoke create on schema projects from portal_door;
create trigger ticket_day before insert on clients.addressee for each row when (new.kind = 'TICKET') execute function projects.give_ticket_day();
create trigger ticket_day before insert on clients.record_exception for each row when (new.kind = 'TICKET') execute function projects.give_ticket_day();
create trigger day_of_new after insert on projects.ticket referencing new table as changed for each statement execute function projects.ticket_day_changed();
create trigger day_of_changed after update on projects.ticket referencing new table as changed for each statement execute function projects.ticket_day_changed();

-- Those that are there already. No role may change them all: the owner for once.
alter table clients.addressee no force row level security;
alter table clients.record_exception no force row level security, disable trigger audit_change;
alter table projects.ticket no force row level security;
update clients.addressee a set day = r.sorted_on from projects.ticket r where a.kind = 'TICKET' and r.id = a.record_id and r.status in ('APPROVED', 'INVOICED');
update clients.record_exception e set day = r.sorted_on from projects.ticket r where e.kind = 'TICKET' and r.id = e.record_id and r.status in ('APPROVED', 'INVOICED');
alter table clients.addressee force row level security;
alter table clients.record_exception force row level security, enable trigger audit_change;
alter table projects.ticket force row level security;

create view projects.ticket_list with (security_invoker = true) as
select r.id, r.client_id, r.project_id, r.number, r.title, r.description, r.status, r.worked_on, r.approved_at, r.hours, r.invoice_id, r.sorted_on
from (
  select false as picked, r.id, r.client_id, r.project_id, r.number, r.title, r.description, r.status, r.worked_on, r.approved_at, r.hours, r.invoice_id, r.sorted_on
  from projects.ticket r
  union all
  (select true, k.record_id, r.client_id, r.project_id, r.number, r.title, r.description, r.status, r.worked_on, r.approved_at, r.hours, r.invoice_id, k.day
  from (
    (select a.record_id, a.day from clients.addressee a where a.contact_id = (select ctx.addressed('TICKET')) and a.kind = 'TICKET'
      order by a.day desc, a.record_id desc)
    union all
    select g.record_id, g.day from ctx.granted_apart('TICKET') g) k
  cross join lateral (
    select x.client_id, x.project_id, x.number, x.title, x.description, x.status, x.worked_on, x.approved_at, x.hours, x.invoice_id
    from projects.ticket x where x.id = k.record_id and x.number <> '' offset 0) r
  order by k.day desc, k.record_id desc)
) r
where r.picked = (select ctx.picks('TICKET'));
grant select on projects.ticket_list to portal_contact, portal_staff;

create view projects.project_list with (security_invoker = true) as
select r.id, r.client_id, r.code, r.name, r.description, r.status, r.progress, r.starts_on, r.due_on
from (
  select false as picked, r.id, r.client_id, r.code, r.name, r.description, r.status, r.progress, r.starts_on, r.due_on
  from projects.project r
  union all
  (select true, k.record_id, r.client_id, r.code, r.name, r.description, r.status, r.progress, r.starts_on, r.due_on
  from (
    (select a.record_id, a.day from clients.addressee a where a.contact_id = (select ctx.addressed('PROJECT')) and a.kind = 'PROJECT')
    union all
    select g.record_id, g.day from ctx.granted_apart('PROJECT') g) k
  cross join lateral (
    select x.client_id, x.code, x.name, x.description, x.status, x.progress, x.starts_on, x.due_on
    from projects.project x where x.id = k.record_id and x.code <> '' offset 0) r)
) r
where r.picked = (select ctx.picks('PROJECT'));
grant select on projects.project_list to portal_contact, portal_staff;
