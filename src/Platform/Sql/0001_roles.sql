-- Run once by a superuser, in the portal's own database; running it again changes nothing.
-- Everything after it runs as portal_migrator. Login roles get their passwords from whoever runs this.
do $$
declare r text;
begin
  foreach r in array array['portal_owner', 'portal_ctx', 'portal_door', 'portal_mail', 'portal_import'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin noinherit', r); end if;
  end loop;
  foreach r in array array['portal_contact', 'portal_staff', 'portal_auth', 'portal_job', 'portal_migrator'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I login noinherit', r); end if;
  end loop;
end $$;

-- portal_owner owns every object. portal_ctx owns the who-is-asking functions (they only read), portal_door those that
-- sign in, invite and accept, portal_mail the outbox and its ledger. portal_import may write every table of the import.
-- Only the migrator, which the running host does not know, may become one of them; and a contact, to compare what contacts see.
grant portal_owner, portal_ctx, portal_door, portal_mail, portal_import, portal_contact to portal_migrator;

do $$
begin
  execute format('alter database %I owner to portal_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to portal_contact, portal_staff, portal_auth, portal_job, portal_migrator', current_database());
  execute format('grant temporary on database %I to portal_migrator, portal_import', current_database());
end $$;

revoke all on schema public from public;
create extension if not exists btree_gist;

-- Side channels that every role has by default: other sessions, their locks, their queries; ways to stall or to stop them.
revoke select on pg_stat_activity, pg_locks, pg_prepared_statements, pg_cursors from public;
revoke execute on function pg_stat_get_activity(int), pg_lock_status(),
  pg_terminate_backend(int, bigint), pg_cancel_backend(int),
  pg_notify(text, text), pg_sleep(float8), pg_sleep_for(interval), pg_sleep_until(timestamptz),
  pg_export_snapshot(),
  lo_create(oid), lo_creat(int), lo_open(oid, int), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea), lowrite(int, bytea)
  from public;
do $$
declare f regprocedure;
begin
  -- Npgsql's pool reset calls pg_advisory_unlock_all.
  for f in select oid::regprocedure from pg_proc
           where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^pg_(try_)?advisory' and proname <> 'pg_advisory_unlock_all' loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;
grant execute on function pg_advisory_xact_lock(bigint) to portal_migrator, portal_door;
grant execute on function pg_notify(text, text) to portal_door, portal_mail;

-- What tells how many rows, whoever's, were read, written or are there: PostgreSQL may look up an index before it asks a policy,
-- so counting what it looked at finds out others' invoice numbers. And ways to make more of one statement: to run text as further
-- ones, and to change settings, who is asking among them (ctx.ask says that, once a transaction). Monitoring goes on.
revoke update on pg_settings from public;
do $$
declare f regprocedure;
begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace and provolatile <> 'i' and has_function_privilege('public', oid, 'execute')
      and proname ~ '^(pg_stat_get_.*|pg_(relation|table|total_relation|indexes|database|tablespace)_size|currtid2|pg_prepared_statement|pg_cursor|pg_logical_emit_message)$' loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to pg_monitor', f);
  end loop;
  for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace and provolatile <> 'i' and has_function_privilege('public', oid, 'execute')
      and proname ~ '^(set_config|(query|cursor|table|schema|database)_to_xml.*|ts_stat|ts_rewrite)$' loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;
grant execute on function set_config(text, text, boolean) to portal_migrator, portal_ctx, portal_mail;

do $$
declare r text;
begin
  foreach r in array array['portal_contact', 'portal_staff', 'portal_auth', 'portal_job'] loop
    execute format('alter role %I set statement_timeout = ''10s''', r);
    execute format('alter role %I set idle_in_transaction_session_timeout = ''10s''', r);
    execute format('alter role %I set lock_timeout = ''3s''', r);
    -- Parameters carry who is asking: they never reach a log.
    execute format('alter role %I set log_parameter_max_length = 0', r);
    execute format('alter role %I set log_parameter_max_length_on_error = 0', r);
    execute format('alter role %I set track_activities = off', r);
  end loop;
end $$;

alter default privileges for role portal_owner revoke execute on functions from public;
alter default privileges for role portal_ctx revoke execute on functions from public;
alter default privileges for role portal_door revoke execute on functions from public;
alter default privileges for role portal_mail revoke execute on functions from public;
alter default privileges for role portal_owner revoke usage on types from public;
