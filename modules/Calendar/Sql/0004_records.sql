-- How other modules know these records: whose they are, whether they are published, what they are called.
create view calendar.event_record with (security_invoker = true) as
  select e.id, e.client_id, e.shared as published, e.title, null::text as within_kind, null::uuid as within_id from calendar.event e;

grant usage on schema calendar to portal_ctx;
grant select (id, client_id, shared, title) on calendar.event to portal_ctx;
grant select on calendar.event_record to portal_ctx;
create policy ctx_reads on calendar.event for select to portal_ctx using (true);

insert into clients.record_source (kind, type_name, view_schema, view_name) values ('EVENT', 'Event', 'calendar', 'event_record');
