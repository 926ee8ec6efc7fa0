-- How other modules know these records: whose they are, whether they are published, what they are called.
create view projects.project_record with (security_invoker = true) as
  select p.id, p.client_id, true as published, p.name as title, null::text as within_kind, null::uuid as within_id from projects.project p;
create view projects.ticket_record with (security_invoker = true) as
  select t.id, t.client_id, t.status in ('APPROVED', 'INVOICED') as published, t.number as title, null::text as within_kind, null::uuid as within_id from projects.ticket t;

grant usage on schema projects to portal_ctx;
grant select (id, client_id, name) on projects.project to portal_ctx;
grant select (id, client_id, status, number) on projects.ticket to portal_ctx;
grant select on projects.project_record, projects.ticket_record to portal_ctx;
create policy ctx_reads on projects.project for select to portal_ctx using (true);
create policy ctx_reads on projects.ticket for select to portal_ctx using (true);

insert into clients.record_source (kind, type_name, view_schema, view_name) values
  ('PROJECT', 'Project', 'projects', 'project_record'), ('TICKET', 'Ticket', 'projects', 'ticket_record');
