-- Plans of the look-ups that policies ask for are made once a connection. PostgreSQL took two of them (exceptions) for cheaper with a
-- new plan at every call, since it expects fewer rows of one contact than of any; making that plan cost as much as the look-up.
set role portal_ctx;
do $$
declare f regprocedure;
begin
  foreach f in array array['ctx.person()', 'ctx.staff()', 'ctx.is_staff()', 'ctx.staff_can(text)', 'ctx.holder_of(uuid)', 'ctx.my_contact()', 'ctx.my_client()',
    'ctx.level_of(uuid, text)', 'ctx.granted_of(uuid, text)', 'ctx.withheld_of(uuid, text)']::regprocedure[] loop
    execute format('alter function %s set plan_cache_mode = force_generic_plan', f);
  end loop;
end $$;
set role portal_owner;
