-- A kind of record that did not exist: all that a module has to bring along. Documents are visible while they are shared.
create schema documents;
create table documents.document (
  id uuid primary key,
  client_id uuid not null references clients.client,
  title text not null,
  shared boolean not null default false,
  internal_note text,
  constraint document_of_client unique (client_id, id)
);
create index document_client on documents.document (client_id, id);
alter table documents.document enable row level security, force row level security;

grant usage on schema documents to portal_contact, portal_staff, portal_ctx;
grant select (id, client_id, title) on documents.document to portal_contact;
create policy own_client on documents.document as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy shared on documents.document as restrictive for select to portal_contact using (shared);
create policy entitled on documents.document for select to portal_contact using (
  id <> all ((select ctx.all_but('DOCUMENT'))::uuid[])
  or id <> all ((select ctx.withheld('DOCUMENT'))::uuid[]) and (
    id = any ((select ctx.granted('DOCUMENT'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('DOCUMENT')) and a.kind = 'DOCUMENT' and a.record_id = document.id)));
grant select on documents.document to portal_staff;
create policy staff_read on documents.document for select to portal_staff using ((select ctx.is_staff()));

create view documents.document_record with (security_invoker = true) as
  select d.id, d.client_id, d.shared as published, d.title, null::text as within_kind, null::uuid as within_id from documents.document d;
grant select (id, client_id, shared, title) on documents.document to portal_ctx;
grant select on documents.document_record to portal_ctx;
create policy ctx_reads on documents.document for select to portal_ctx using (true);
insert into clients.record_source (kind, type_name, view_schema, view_name) values ('DOCUMENT', 'Document', 'documents', 'document_record');
