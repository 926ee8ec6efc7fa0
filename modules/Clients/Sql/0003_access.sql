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

-- Staff with CLIENTS_MANAGE change them. A client is never deleted: its records stay. An address and its two keys change together.
grant insert on clients.client, clients.contact, clients.visibility, clients.record_exception to portal_staff;
grant update (name, status, internal, currency, internal_note) on clients.client to portal_staff;
grant update (name, email, recipient_key, sign_in_key, job_title) on clients.contact to portal_staff;
grant update (level, notify) on clients.visibility to portal_staff;
grant update (exception) on clients.record_exception to portal_staff;
grant delete on clients.contact, clients.record_exception to portal_staff;
create policy staff_insert on clients.client for insert to portal_staff with check ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_update on clients.client for update to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_insert on clients.contact for insert to portal_staff with check ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_update on clients.contact for update to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_delete on clients.contact for delete to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_insert on clients.visibility for insert to portal_staff with check ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_update on clients.visibility for update to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_insert on clients.record_exception for insert to portal_staff with check ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_update on clients.record_exception for update to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));
create policy staff_delete on clients.record_exception for delete to portal_staff using ((select ctx.staff_can('CLIENTS_MANAGE')));

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
