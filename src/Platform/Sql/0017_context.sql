-- Who is asking, and what they may see, is looked up by key, whatever the planner knows of the tables' sizes. A plan made while a
-- table is small would search it row by row and hash the session's token for each row, and the plans of functions live as long as
-- their connection. Policies ask several times a statement: each time takes a quarter of what it did with some hundred clients.
create or replace view ctx.signed_in with (security_invoker = true) as
select p.id as person_id, p.member_type
from accounts.session s join accounts.person p on p.id = s.person_id
where s.token_hash = (select sha256(convert_to(current_setting('portal.token', true), 'UTF8')))   -- once, not for each row
  and s.ended_at is null and s.expires_at > now() and s.ends_at > now() and p.active;

set role portal_ctx;
do $$
declare f regprocedure; planned_otherwise text;
begin
  foreach f in array array['ctx.person()', 'ctx.staff()', 'ctx.is_staff()', 'ctx.staff_can(text)', 'ctx.holder_of(uuid)', 'ctx.my_contact()', 'ctx.my_client()',
    'ctx.level_of(uuid, text)', 'ctx.granted_of(uuid, text)', 'ctx.withheld_of(uuid, text)', 'ctx.granted_apart(text)']::regprocedure[] loop
    foreach planned_otherwise in array array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin'] loop
      execute format('alter function %s set %I = off', f, planned_otherwise);
    end loop;
  end loop;
end $$;
set role portal_owner;
