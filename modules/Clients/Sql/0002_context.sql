-- What the contact who is asking may see of a kind of record. Policies of every kind are built from these three:
--   client_id = (select ctx.all_of(kind))                     everything of the client's
--   id = any ((select ctx.singled_out(kind))::uuid[])         granted for the record, or addressed where that is the level
--   id <> all ((select ctx.withheld(kind))::uuid[])           never these
grant usage on schema clients to portal_ctx;
grant select on clients.client, clients.contact, clients.visibility, clients.addressee, clients.record_exception to portal_ctx;
create policy ctx_reads on clients.client for select to portal_ctx using (true);
create policy ctx_reads on clients.contact for select to portal_ctx using (true);
create policy ctx_reads on clients.visibility for select to portal_ctx using (true);
create policy ctx_reads on clients.addressee for select to portal_ctx using (true);
create policy ctx_reads on clients.record_exception for select to portal_ctx using (true);

grant create on schema ctx to portal_ctx;
set role portal_ctx;

create function ctx.level(p_kind text) returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := ctx.my_contact();
begin
  if me is null then return 'NONE'; end if;
  return coalesce((select v.level from clients.visibility v where v.contact_id = me and v.kind = p_kind), 'ALL');
end $$;

create function ctx.all_of(p_kind text) returns uuid
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case when ctx.level(p_kind) = 'ALL' then ctx.my_client() end;
end $$;

create function ctx.singled_out(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := ctx.my_contact(); level text := ctx.level(p_kind);
begin
  return array(
    select a.record_id from clients.addressee a where level = 'ADDRESSED' and a.contact_id = me and a.kind = p_kind
    union
    select e.record_id from clients.record_exception e where e.contact_id = me and e.kind = p_kind and e.exception = 'GRANTED');
end $$;

create function ctx.withheld(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select e.record_id from clients.record_exception e
    where e.contact_id = ctx.my_contact() and e.kind = p_kind and e.exception = 'WITHHELD');
end $$;

grant execute on function ctx.level(text), ctx.all_of(text), ctx.singled_out(text), ctx.withheld(text) to portal_contact;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
