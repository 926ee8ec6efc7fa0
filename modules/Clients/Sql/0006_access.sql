-- What a contact may see of a kind of record, so that a page costs a page. Policies of every kind ask, about the contact who is asking:
--   (select ctx.level(kind)) = 'ALL'                                        everything of the client's
--   … exists (… addressee … contact_id = (select ctx.addressed(kind)) …)    what is addressed to them, where that is the level
--   id = any ((select ctx.granted(kind))::uuid[])                           granted for the record
--   id <> all ((select ctx.withheld(kind))::uuid[])                         never these
-- Before, addressed and granted ids were one array: a contact with 20,000 addressed invoices built it anew for every page.
--
-- No index serves both 'all of the kind' and 'these in particular'. So each kind has a view (…_list) of two branches: one walks all
-- of the client's, one starts from what names the contact. One condition (ctx.picks) switches off the branch that does not apply;
-- it reads nothing. The views only offer ways: who sees what is decided by the policies of the table beneath.
-- The second branch looks records up one by one ('offset 0' keeps it so): a planner that knows averages alone would rather search
-- all of the client's, which is wrong for the clients that matter. That the number (code, title) is not empty is always true;
-- without it a count would need no column that is not in some index of the client's, and search that one instead.

-- The record's day, by which lists of its kind are ordered; the record's module keeps it. A day that is not up to date would
-- put a record in another place of a list, never hide or show one.
alter table clients.addressee add column day date not null default '-infinity';
alter table clients.record_exception add column day date not null default '-infinity';
create index addressee_newest on clients.addressee (contact_id, kind, day desc, record_id desc);
create index record_exception_record on clients.record_exception (record_id);

-- Contacts: what is addressed to themselves; ids alone.
grant select on clients.addressee to portal_contact;
create policy own_client on clients.addressee as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
create policy mine on clients.addressee for select to portal_contact using (contact_id = (select ctx.my_contact()));

grant create on schema ctx to portal_ctx;
set role portal_ctx;

-- The contact, where addressed records are what they see of the kind; else null.
create function ctx.addressed_of(p_contact uuid, p_kind text) returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case when ctx.level_of(p_contact, p_kind) = 'ADDRESSED' then p_contact end;
end $$;

create function ctx.granted_of(p_contact uuid, p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select e.record_id from clients.record_exception e
    where e.contact_id = p_contact and e.kind = p_kind and e.exception = 'GRANTED');
end $$;

create function ctx.addressed(p_kind text) returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.addressed_of(ctx.my_contact(), p_kind);
end $$;

create function ctx.granted(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.granted_of(ctx.my_contact(), p_kind);
end $$;

-- Whether the contact sees some records of the kind rather than all of it. Not so for staff.
create function ctx.picks(p_kind text) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare contact uuid := ctx.my_contact();
begin
  return contact is not null and ctx.level_of(contact, p_kind) <> 'ALL';
end $$;

-- What is granted and not addressed.
create function ctx.granted_apart(p_kind text) returns table (record_id uuid, day date)
language plpgsql stable parallel safe security definer rows 20 set search_path = pg_catalog, pg_temp as $$
declare
  contact uuid := ctx.my_contact();
  granted uuid[] := ctx.granted_of(contact, p_kind);
  addressed uuid := ctx.addressed_of(contact, p_kind);
begin
  return query select e.record_id, e.day from clients.record_exception e
    where e.contact_id = contact and e.kind = p_kind and e.record_id = any (granted)
      -- 'or' keeps this a look-up for each of the few, not a join with all that is addressed.
      and (addressed is null or not exists (select from clients.addressee a where a.contact_id = addressed and a.kind = p_kind and a.record_id = e.record_id));
end $$;

-- Why a contact can or cannot see a record: an AccessReason, the first that applies. Another client's record and none at all look alike.
create or replace function ctx.explain(p_contact uuid, p_type text, p_id uuid, out visible boolean, out reason text, out kind text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare r record; outer_type text; level text; granted boolean; addressed boolean;
begin
  visible := false;
  select x.* into r from ctx.record(p_type, p_id) x
    where x.client_id = (select c.client_id from clients.contact c where c.id = p_contact);
  if not found then reason := 'OTHER_CLIENT'; return; end if;
  kind := r.kind;
  if ctx.holder_of(p_contact) is null then reason := 'NO_PORTAL_ACCESS'; return; end if;
  if not r.published then reason := 'NOT_PUBLISHED'; return; end if;
  if p_id = any (ctx.withheld_of(p_contact, kind)) then reason := 'WITHHELD_FOR_RECORD'; return; end if;
  level := ctx.level_of(p_contact, kind);
  granted := p_id = any (ctx.granted_of(p_contact, kind));
  addressed := exists (select from clients.addressee a where a.contact_id = ctx.addressed_of(p_contact, r.kind) and a.kind = r.kind and a.record_id = p_id);
  visible := level = 'ALL' or granted or addressed;
  reason := case
    when granted then 'GRANTED_FOR_RECORD'
    when level = 'ALL' then 'ALL_OF_KIND'
    when level = 'NONE' then 'KIND_HIDDEN'
    when addressed then 'ADDRESSED_TO_CONTACT'
    else 'NOT_ADDRESSED' end;
  if visible and r.within_id is not null then
    select s.type_name into outer_type from clients.record_source s where s.kind = r.within_kind;
    if not (select e.visible from ctx.explain(p_contact, outer_type, r.within_id) e) then
      select e.* into visible, reason, kind from ctx.explain(p_contact, outer_type, r.within_id) e;
    end if;
  end if;
end $$;

grant execute on function ctx.granted(text) to portal_contact;
grant execute on function ctx.addressed(text), ctx.picks(text), ctx.granted_apart(text) to portal_contact, portal_staff;   -- staff list through the same views
set role portal_owner;
revoke create on schema ctx from portal_ctx;

-- Modules keep the days through it.
grant select (contact_id, kind, record_id, day), update (day) on clients.addressee, clients.record_exception to portal_door;
create policy door on clients.addressee to portal_door using (true) with check (true);
create policy door on clients.record_exception to portal_door using (true) with check (true);
drop trigger audit_change on clients.record_exception;
create trigger audit_change after insert or update of exception or delete on clients.record_exception for each row execute function clients.audit_exception();
