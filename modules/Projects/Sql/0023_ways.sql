-- Clients/Sql/0023_all_but.sql says what it asks.
drop policy not_withheld on projects.ticket;
drop policy entitled on projects.ticket;
create policy entitled on projects.ticket for select to portal_contact using (
  id <> all ((select ctx.all_but('TICKET'))::uuid[])
  or id <> all ((select ctx.withheld('TICKET'))::uuid[]) and (
    id = any ((select ctx.granted('TICKET'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('TICKET')) and a.kind = 'TICKET' and a.record_id = ticket.id)));
drop policy not_withheld on projects.project;
drop policy entitled on projects.project;
create policy entitled on projects.project for select to portal_contact using (
  id <> all ((select ctx.all_but('PROJECT'))::uuid[])
  or id <> all ((select ctx.withheld('PROJECT'))::uuid[]) and (
    id = any ((select ctx.granted('PROJECT'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('PROJECT')) and a.kind = 'PROJECT' and a.record_id = project.id)));
