grant usage on schema clients to portal_contact, portal_staff, portal_door, portal_import;

-- Contacts: their own client and themselves, nothing else, and no internal column.
grant select (id, number, name, status, internal, currency) on clients.client to portal_contact;
create policy own_client on clients.client as restrictive for select to portal_contact using (id = (select ctx.my_client()));
create policy mine on clients.client for select to portal_contact using (id = (select ctx.my_client()));

grant select (id, client_id, name, email, job_title) on clients.contact to portal_contact;
create policy own_client on clients.contact as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy me on clients.contact for select to portal_contact using (id = (select ctx.my_contact()));

grant select (client_id, contact_id, kind, level, notify) on clients.visibility to portal_contact;
create policy own_client on clients.visibility as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy mine on clients.visibility for select to portal_contact using (contact_id = (select ctx.my_contact()));

-- Staff.
grant select on clients.client, clients.contact, clients.visibility, clients.addressee, clients.record_exception to portal_staff;
create policy staff_read on clients.client for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on clients.contact for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on clients.visibility for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on clients.addressee for select to portal_staff using ((select ctx.is_staff()));
create policy staff_read on clients.record_exception for select to portal_staff using ((select ctx.is_staff()));

-- Inviting and accepting read whom they are about.
grant select on clients.client, clients.contact to portal_door;
create policy door on clients.client for select to portal_door using (true);
create policy door on clients.contact for select to portal_door using (true);

-- The import.
grant select, insert on clients.client, clients.contact, clients.visibility, clients.addressee to portal_import;
create policy import on clients.client to portal_import using (true) with check (true);
create policy import on clients.contact to portal_import using (true) with check (true);
create policy import on clients.visibility to portal_import using (true) with check (true);
create policy import on clients.addressee to portal_import using (true) with check (true);
