-- Found by one look-up (Platform/Sql/0017_context.sql says why by key, 0021_context.sql why with one plan). What it answers is the same.
grant create on schema ctx to portal_ctx;
set role portal_ctx;

-- What is granted and not addressed.
create or replace function ctx.granted_apart(p_kind text) returns table (record_id uuid, day date)
language plpgsql stable parallel safe security definer rows 20 set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare contact uuid := ctx.my_contact(); addressed uuid := ctx.addressed_of(contact, p_kind);
begin
  return query select e.record_id, e.day from clients.record_exception e
    where e.contact_id = contact and e.kind = p_kind and e.exception = 'GRANTED'
      -- 'or' keeps this a look-up for each of the few, not a join with all that is addressed.
      and (addressed is null or not exists (select from clients.addressee a where a.contact_id = addressed and a.kind = p_kind and a.record_id = e.record_id));
end $$;

set role portal_owner;
revoke create on schema ctx from portal_ctx;
