grant usage on schema projects to portal_contact, portal_staff, portal_import;

-- Contacts. Never budget, cost, notes or people.
grant select (id, client_id, code, name, description, status, progress, starts_on, due_on) on projects.project to portal_contact;
create policy own_client on projects.project as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy not_withheld on projects.project as restrictive for select to portal_contact using (id <> all ((select ctx.withheld('PROJECT'))::uuid[]));
create policy entitled on projects.project for select to portal_contact
  using ((select ctx.level('PROJECT')) = 'ALL' or id in (select unnest((select ctx.singled_out('PROJECT')))));

grant select (id, client_id, project_id, number, title, description, status, worked_on, approved_at, hours, invoice_id, sorted_on) on projects.ticket to portal_contact;
create policy own_client on projects.ticket as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy approved on projects.ticket as restrictive for select to portal_contact using (status in ('APPROVED', 'INVOICED'));
create policy not_withheld on projects.ticket as restrictive for select to portal_contact using (id <> all ((select ctx.withheld('TICKET'))::uuid[]));
create policy entitled on projects.ticket for select to portal_contact
  using ((select ctx.level('TICKET')) = 'ALL' or id in (select unnest((select ctx.singled_out('TICKET')))));

-- Staff.
grant select on projects.project, projects.ticket to portal_staff;
create policy staff_read on projects.project for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on projects.ticket for select to portal_staff using ((select ctx.is_staff()));

-- The import.
grant select, insert on projects.project, projects.ticket to portal_import;
create policy import on projects.project to portal_import using (true) with check (true);
create policy import on projects.ticket to portal_import using (true) with check (true);
