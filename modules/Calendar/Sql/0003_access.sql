grant usage on schema calendar to portal_contact, portal_staff, portal_import;

-- Contacts: events linked to their client and shared with it.
grant select (id, client_id, project_id, kind, title, description, location, starts_at, ends_at, all_day) on calendar.event to portal_contact;
create policy own_client on calendar.event as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy shared on calendar.event as restrictive for select to portal_contact using (shared);
create policy not_withheld on calendar.event as restrictive for select to portal_contact using (id <> all ((select ctx.withheld('EVENT'))::uuid[]));
create policy entitled on calendar.event for select to portal_contact
  using ((select ctx.level('EVENT')) = 'ALL' or id in (select unnest((select ctx.singled_out('EVENT')))));

grant select on calendar.event to portal_staff;
create policy staff_read on calendar.event for select to portal_staff using ((select ctx.is_staff()));

grant select, insert on calendar.event to portal_import;
create policy import on calendar.event to portal_import using (true) with check (true);
