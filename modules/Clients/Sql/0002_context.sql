-- What a contact may see of a kind of record. Policies of every kind are built from these three, about the contact who is asking:
--   (select ctx.level(kind)) = 'ALL'                          everything of the client's
--   id in (select unnest((select ctx.singled_out(kind))))     granted for the record, or addressed where that is the level
--   id <> all ((select ctx.withheld(kind))::uuid[])           never these
-- The functions …_of say the same of any contact, so that an explanation and a policy cannot disagree.
grant usage on schema clients to portal_ctx;
grant select on clients.client, clients.contact, clients.visibility, clients.addressee, clients.record_exception, clients.record_source to portal_ctx;
create policy ctx_reads on clients.client for select to portal_ctx using (true);
create policy ctx_reads on clients.contact for select to portal_ctx using (true);
create policy ctx_reads on clients.visibility for select to portal_ctx using (true);
create policy ctx_reads on clients.addressee for select to portal_ctx using (true);
create policy ctx_reads on clients.record_exception for select to portal_ctx using (true);
create policy ctx_reads on clients.record_source for select to portal_ctx using (true);

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create function ctx.level_of(p_contact uuid, p_kind text) returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_contact is null then return 'NONE'; end if;
  return coalesce((select v.level from clients.visibility v where v.contact_id = p_contact and v.kind = p_kind), 'ALL');
end $$;

create function ctx.singled_out_of(p_contact uuid, p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare level text := ctx.level_of(p_contact, p_kind);
begin
  return array(
    select a.record_id from clients.addressee a where level = 'ADDRESSED' and a.contact_id = p_contact and a.kind = p_kind
    union
    select e.record_id from clients.record_exception e where e.contact_id = p_contact and e.kind = p_kind and e.exception = 'GRANTED');
end $$;

create function ctx.withheld_of(p_contact uuid, p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select e.record_id from clients.record_exception e
    where e.contact_id = p_contact and e.kind = p_kind and e.exception = 'WITHHELD');
end $$;

create function ctx.level(p_kind text) returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.level_of(ctx.my_contact(), p_kind);
end $$;

create function ctx.singled_out(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.singled_out_of(ctx.my_contact(), p_kind);
end $$;

create function ctx.withheld(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return ctx.withheld_of(ctx.my_contact(), p_kind);
end $$;

-- A record by its type in the API and its id, whatever its kind, for staff; no row when there is none.
create function ctx.record(p_type text, p_id uuid)
returns table (kind text, id uuid, client_id uuid, published boolean, title text, within_kind text, within_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare s clients.record_source;
begin
  if not ctx.is_staff() then return; end if;
  select x.* into s from clients.record_source x where x.type_name = p_type;
  if not found then return; end if;
  -- The names are the modules' own, from their SQL files; nothing that was asked becomes part of the statement's text.
  return query execute format('select %L::text, r.id, r.client_id, r.published, r.title, r.within_kind, r.within_id from %I.%I r where r.id = $1',
    s.kind, s.view_schema, s.view_name) using p_id;
end $$;

-- Why a contact can or cannot see a record: an AccessReason, the first that applies. Another client's record and none at all look alike.
create function ctx.explain(p_contact uuid, p_type text, p_id uuid, out visible boolean, out reason text, out kind text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare r record; outer_type text;
begin
  visible := false;
  select x.* into r from ctx.record(p_type, p_id) x
    where x.client_id = (select c.client_id from clients.contact c where c.id = p_contact);
  if not found then reason := 'OTHER_CLIENT'; return; end if;
  kind := r.kind;
  if ctx.holder_of(p_contact) is null then reason := 'NO_PORTAL_ACCESS'; return; end if;
  if not r.published then reason := 'NOT_PUBLISHED'; return; end if;
  if p_id = any (ctx.withheld_of(p_contact, kind)) then reason := 'WITHHELD_FOR_RECORD'; return; end if;
  visible := ctx.level_of(p_contact, kind) = 'ALL' or p_id = any (ctx.singled_out_of(p_contact, kind));
  reason := case
    when exists (select from clients.record_exception e where e.contact_id = p_contact and e.kind = r.kind and e.record_id = p_id) then 'GRANTED_FOR_RECORD'
    when ctx.level_of(p_contact, kind) = 'ALL' then 'ALL_OF_KIND'
    when ctx.level_of(p_contact, kind) = 'NONE' then 'KIND_HIDDEN'
    when visible then 'ADDRESSED_TO_CONTACT'
    else 'NOT_ADDRESSED' end;
  if visible and r.within_id is not null then
    select s.type_name into outer_type from clients.record_source s where s.kind = r.within_kind;
    if not (select e.visible from ctx.explain(p_contact, outer_type, r.within_id) e) then
      select e.* into visible, reason, kind from ctx.explain(p_contact, outer_type, r.within_id) e;
    end if;
  end if;
end $$;

-- The same of many contacts, for staff. kind: of the record that decided, which may be the one that it stands within.
create function ctx.explain_access(p_contacts uuid[], p_type text, p_id uuid) returns table (contact_id uuid, visible boolean, reason text, kind text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, e.visible, e.reason, e.kind
  from (select distinct unnest(p_contacts) as id) c cross join lateral ctx.explain(c.id, p_type, p_id) e
  where (select ctx.is_staff())
$$;

grant execute on function ctx.level(text), ctx.singled_out(text), ctx.withheld(text) to portal_contact;
grant execute on function ctx.record(text, uuid), ctx.explain_access(uuid[], text, uuid) to portal_staff;
grant execute on function ctx.record(text, uuid) to portal_door;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
