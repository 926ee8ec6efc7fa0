-- What a contact may see of a kind of record, asked for once a table where the answer is 'all of it', which it mostly is:
--   id <> all ((select ctx.all_but(kind))::uuid[])                          everything of the client's but these; null where they pick
--   id <> all ((select ctx.withheld(kind))::uuid[]) and                     else never these, and
--     (id = any ((select ctx.granted(kind))::uuid[]) or                     what is granted for the record
--      … exists (… addressee … contact_id = (select ctx.addressed(kind))))  or addressed to them, where that is the level
grant create on schema ctx to portal_ctx;
set role portal_ctx;

create function ctx.all_but(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare contact uuid := ctx.my_contact();
begin
  return case when ctx.level_of(contact, p_kind) = 'ALL' then ctx.withheld_of(contact, p_kind) end;
end $$;

-- The kinds of which a contact sees some, or none, rather than all: for the host to choose a way through them (Billing/Sql/0023_ways.sql).
create function ctx.picked_of(p_contact uuid) returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  return coalesce((select string_agg(v.kind, ',' order by v.kind) from clients.visibility v where v.contact_id = p_contact and v.level <> 'ALL'), '');
end $$;

grant execute on function ctx.all_but(text) to portal_contact;
grant execute on function ctx.picked_of(uuid) to portal_door;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
