-- What a contact sees all of, and who they are, with one look-up where it took three (Invitations/Sql/0026_me.sql): a policy asks it at
-- every table. Null where they see some of the kind; staff who look at the portal as a contact take the longer way.
grant create on schema ctx to portal_ctx;
set role portal_ctx;
create or replace function ctx.all_but(p_kind text) returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare contact uuid; picks boolean; withheld uuid[];
begin
  select m.contact_id, exists (select from clients.visibility v where v.contact_id = m.contact_id and v.kind = p_kind and v.level <> 'ALL'),
    array(select e.record_id from clients.record_exception e where e.contact_id = m.contact_id and e.kind = p_kind and e.exception = 'WITHHELD')
    into contact, picks, withheld from ctx.me m;
  if contact is not null then
    return case when not picks then withheld end;
  end if;
  contact := ctx.my_contact();
  return case when ctx.level_of(contact, p_kind) = 'ALL' then ctx.withheld_of(contact, p_kind) end;
end $$;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
