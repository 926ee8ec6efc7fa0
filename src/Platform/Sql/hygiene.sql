-- One row a violation (chk, obj); none is the promise. Runs before the host serves, hourly, in tests and by the command `check`.
-- Reads the catalog only, so any of the portal's roles can run it.
with lg as (select r.oid, r.rolname from pg_roles r where r.rolname in ('portal_contact', 'portal_staff', 'portal_auth', 'portal_job')),
  definer as (select r.oid, r.rolname from pg_roles r where r.rolname in ('portal_ctx', 'portal_door', 'portal_mail', 'portal_import')),
  ns as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')),
  rel as (select c.* from pg_class c join ns on ns.oid = c.relnamespace)
select 'H01 role has a dangerous attribute' as chk, rolname::text as obj from pg_roles
  where rolname like 'portal\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
union all select 'H02 run-time login role is a member of something', l.rolname || ' in ' || m.roleid::regrole from lg l join pg_auth_members m on m.member = l.oid
union all select 'H03 somebody but the migrator may become an owning role', r.rolname || ' in ' || m.roleid::regrole from pg_auth_members m join pg_roles r on r.oid = m.member
  where m.roleid in (select oid from definer union select 'portal_owner'::regrole) and r.rolname <> 'portal_migrator' and not r.rolsuper
union all select 'H04 table without enabled and forced row level security', rel.oid::regclass::text from rel where relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
union all select 'H05 view without security_invoker', rel.oid::regclass::text from rel
  where relkind = 'v' and not coalesce(reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)
union all select 'H06 materialised view or foreign table readable by a run-time role', c.oid::regclass::text || ' ' || l.rolname from pg_class c, lg l
  where c.relkind in ('m', 'f') and c.relnamespace <> 'pg_catalog'::regnamespace and has_table_privilege(l.oid, c.oid, 'SELECT')
union all select 'H07 object not owned by portal_owner', rel.oid::regclass::text from rel where relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> 'portal_owner'::regrole
union all select 'H08 security definer without pinned search_path', p.oid::regprocedure::text from pg_proc p join ns on ns.oid = p.pronamespace
  where p.prosecdef and not exists (select from unnest(p.proconfig) x where x = 'search_path=pg_catalog, pg_temp')
union all select 'H09 security definer owned by another than a definer role', p.oid::regprocedure::text from pg_proc p
  where p.prosecdef and p.pronamespace in (select oid from ns) and p.proowner not in (select oid from definer where rolname <> 'portal_import')
union all select 'H10 public may execute', p.oid::regprocedure::text from pg_proc p join ns on ns.oid = p.pronamespace where has_function_privilege('public', p.oid, 'EXECUTE')
union all select 'H11 contact may write', rel.oid::regclass::text || ' ' || pr from rel, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) pr
  where relkind in ('r', 'p', 'v') and case when pr in ('INSERT', 'UPDATE', 'REFERENCES') then has_any_column_privilege('portal_contact', rel.oid, pr) else has_table_privilege('portal_contact', rel.oid, pr) end
union all select 'H12 contact may read an internal column', a.attrelid::regclass::text || '.' || a.attname from pg_attribute a join rel on rel.oid = a.attrelid
  where rel.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped and (a.attname ~ '^internal_' or a.attname ~ '(password|token|secret|cost|budget|_key$)') and has_column_privilege('portal_contact', rel.oid, a.attname, 'SELECT')
union all select 'H12 a run-time role may read a password or token', a.attrelid::regclass::text || '.' || a.attname || ' ' || l.rolname from pg_attribute a join rel on rel.oid = a.attrelid cross join lg l
  where rel.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped and a.attname ~ '(password|token|secret)' and has_column_privilege(l.oid, rel.oid, a.attname, 'SELECT')
union all select 'H13 run-time role may create objects', l.rolname || ' ' || x from lg l, (select 'TEMP' x union all select nspname from pg_namespace where nspname !~ '^pg_') s
  where case when x = 'TEMP' then has_database_privilege(l.oid, current_database(), 'TEMP') or has_database_privilege(l.oid, current_database(), 'CREATE') else has_schema_privilege(l.oid, x, 'CREATE') end
union all select 'H14 permissive policy that asks nothing about a run-time role', pol.polrelid::regclass::text || ' ' || pol.polname from pg_policy pol
  where pol.polrelid not in (select oid from pg_class where relnamespace in (to_regnamespace('quartz'), to_regnamespace('platform'))) and pol.polpermissive and ('true' in (pg_get_expr(pol.polqual, pol.polrelid), pg_get_expr(pol.polwithcheck, pol.polrelid)) or concat(pg_get_expr(pol.polqual, pol.polrelid), pg_get_expr(pol.polwithcheck, pol.polrelid)) !~ '(ctx\.|EXISTS)')
    and (pol.polroles @> array[0::oid] or exists (select from lg where lg.oid = any (pol.polroles)))
union all select 'H15 client-owned table lacks the restrictive policy for contacts', rel.oid::regclass::text from rel
  where relkind = 'r' and has_any_column_privilege('portal_contact', rel.oid, 'SELECT,INSERT')
    and not exists (select from pg_policy p where p.polrelid = rel.oid and not p.polpermissive and p.polroles @> array['portal_contact'::regrole::oid]
      and pg_get_expr(p.polqual, p.polrelid) ~ '^\((client_id|id) = \( SELECT ctx\.my_client\(\) AS my_client\)\)$' and p.polcmd in ('r', '*'))
union all select 'H16 policy calls a context function without a sub-select', pol.polrelid::regclass::text || ' ' || pol.polname from pg_policy pol
  where regexp_replace(coalesce(pg_get_expr(pol.polqual, pol.polrelid), '') || coalesce(pg_get_expr(pol.polwithcheck, pol.polrelid), ''), 'SELECT ctx\.', '', 'g') ~ 'ctx\.'
union all select 'H17 foreign key to a client-owned table does not carry client_id', conrelid::regclass::text || ' ' || conname from pg_constraint k
  where contype = 'f' and exists (select from pg_attribute a where a.attrelid = confrelid and a.attname = 'client_id') and exists (select from pg_attribute a where a.attrelid = conrelid and a.attname = 'client_id')
    and not exists (select from pg_attribute a where a.attrelid = confrelid and a.attname = 'client_id' and a.attnum = any (confkey))
union all select 'H18 contact may use a sequence', rel.oid::regclass::text from rel where relkind = 'S' and case when relkind = 'S' then has_sequence_privilege('portal_contact', rel.oid, 'USAGE,SELECT,UPDATE') end
union all select 'H19 side-channel view or function is open', x || ' ' || l.rolname from unnest(array['pg_stat_activity', 'pg_locks', 'pg_prepared_statements', 'pg_cursors', 'pg_authid', 'pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_hba_file_rules']) x, lg l where has_table_privilege(l.oid, ('pg_catalog.' || x)::regclass, 'SELECT')
union all select 'H19 side-channel view or function is open', p.oid::regprocedure || ' ' || l.rolname from pg_proc p, lg l where p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile <> 'i'
  and p.proname ~ '^(pg_terminate_backend|pg_cancel_backend|pg_(try_)?advisory_(xact_)?lock.*|pg_sleep.*|pg_notify|pg_export_snapshot|lo_create?|lo_open|lo_from_bytea|lo_put|lowrite|pg_stat_get_.*|pg_lock_status|pg_(relation|table|total_relation|indexes|database|tablespace)_size|currtid2|pg_prepared_statement|pg_cursor|pg_logical_emit_message|pg_read_file|pg_read_binary_file|pg_stat_file|pg_ls_.*|lo_import|lo_export)$'
  and has_function_privilege(l.oid, p.oid, 'EXECUTE')
union all select 'H20 default privileges leak', pg_get_userbyid(d.defaclrole)::text || ' ' || d.defaclobjtype::text || ' ' || a.privilege_type from pg_default_acl d, aclexplode(d.defaclacl) a where a.grantee = 0 or a.grantee in (select oid from lg)
union all select 'H21 role or database setting changed', coalesce(nullif(s.setrole, 0)::regrole::text, '*') || ' ' || x from pg_db_role_setting s, unnest(s.setconfig) x where s.setrole in (select oid from lg)
  and split_part(x, '=', 1) not in ('statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'log_parameter_max_length', 'log_parameter_max_length_on_error', 'track_activities')
union all select 'H21 role or database setting changed', 'for all ' || x from pg_db_role_setting s, unnest(s.setconfig) x where s.setrole = 0 and x ~ '^(portal\..*|role|row_security|search_path|session_replication_role)='
union all select 'H21 role or database setting changed', l.rolname || ' may set ' || a.parname from pg_parameter_acl a, aclexplode(a.paracl) x, lg l where x.grantee in (0, l.oid)
union all select 'H22 server older than the row level security fixes (15.14)', current_setting('server_version') where current_setting('server_version_num')::int < 150014
union all select 'H23 publication, foreign server or untrusted extension present', e.x from (select 'publication ' || pubname x from pg_publication union all select 'server ' || srvname from pg_foreign_server
  union all select 'extension ' || extname from pg_extension where extname not in ('plpgsql', 'btree_gist')) e
union all select 'H24 user function marked leakproof', p.oid::regprocedure::text from pg_proc p join ns on ns.oid = p.pronamespace where p.proleakproof
-- The clockwork's own tables hold no business: they are open to portal_job (so H14 leaves those of the version before out), and to nobody else.
union all select 'H25 somebody but portal_job may use the clockwork', rel.oid::regclass::text || ' ' || l.rolname from rel, lg l
  where rel.relnamespace in (to_regnamespace('hangfire'), to_regnamespace('quartz')) and rel.relkind = 'r' and l.rolname <> 'portal_job' and (has_any_column_privilege(l.oid, rel.oid, 'SELECT,INSERT,UPDATE,REFERENCES') or has_table_privilege(l.oid, rel.oid, 'DELETE,TRUNCATE,TRIGGER'))
union all select 'H26 what a role sends may reach a log or another session', l.rolname || ' ' || x from lg l, unnest(array['log_parameter_max_length=0', 'log_parameter_max_length_on_error=0', 'track_activities=off']) x
  where not exists (select from pg_db_role_setting s where s.setrole = l.oid and s.setdatabase = 0 and x = any (s.setconfig))
    or exists (select from pg_db_role_setting s, unnest(s.setconfig) y where s.setrole = l.oid and split_part(y, '=', 1) = split_part(x, '=', 1) and y <> x)
union all select 'H27 policy is for everybody instead of for a role', pol.polrelid::regclass::text || ' ' || pol.polname from pg_policy pol where pol.polrelid in (select oid from rel) and 0 = any (pol.polroles)
union all select 'H28 one statement of a run-time role can run text as others, or change a setting', p.oid::regprocedure || ' ' || l.rolname from pg_proc p, lg l where p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile <> 'i'
  and p.proname ~ '^(set_config|(query|cursor|table|schema|database)_to_xml.*|ts_stat|ts_rewrite)$' and has_function_privilege(l.oid, p.oid, 'EXECUTE')
union all select 'H28 one statement of a run-time role can run text as others, or change a setting', 'pg_settings ' || l.rolname from lg l where has_any_column_privilege(l.oid, 'pg_catalog.pg_settings', 'UPDATE')
union all select 'H29 contact may read a table whole, so a new column too', rel.oid::regclass::text from rel where relkind in ('r', 'p') and has_table_privilege('portal_contact', rel.oid, 'SELECT')
union all select 'H30 trigger is switched off', tg.tgrelid::regclass::text || ' ' || tg.tgname from pg_trigger tg join rel on rel.oid = tg.tgrelid where tg.tgenabled not in ('O', 'A')
union all select 'H31 the audit trail may be changed', r.rolname || ' ' || pr from rel join ns on ns.oid = rel.relnamespace, (select oid, rolname, true as logs_in from lg union all select oid, rolname, false from definer) r, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) pr
  where ns.nspname = 'audit' and rel.relname = 'event' and (pr <> 'INSERT' or r.logs_in)
    and case when pr in ('INSERT', 'UPDATE') then has_any_column_privilege(r.oid, rel.oid, pr) else has_table_privilege(r.oid, rel.oid, pr) end
union all select 'H31 the audit trail may be changed', 'no trigger keeps it' from rel join ns on ns.oid = rel.relnamespace
  where ns.nspname = 'audit' and rel.relname = 'event' and not exists (select from pg_trigger tg where tg.tgrelid = rel.oid and tg.tgname = 'append_only')
union all select 'H32 contact may run what is not about themselves alone', p.oid::regprocedure::text from pg_proc p join ns on ns.oid = p.pronamespace
  where has_function_privilege('portal_contact', p.oid, 'EXECUTE') and (ns.nspname <> 'ctx' or exists (select from unnest(p.proargtypes) x where x in ('uuid'::regtype, 'uuid[]'::regtype, 'text[]'::regtype)))
union all select 'H33 an internal client could have access', 'invitations.invitation' from ns where nspname = 'invitations'
  and not exists (select from pg_constraint k where k.conname = 'invitation_not_at_internal_client' and k.connamespace = ns.oid and k.contype = 'f' and k.convalidated)
-- What is withheld is kept back by the one permissive policy alone: another beside it, or other words in it, would show it.
union all select 'H34 contacts see a kind of record by a rule of its own', pol.polrelid::regclass::text || ' ' || pol.polname from pg_policy pol
  where pol.polpermissive and pol.polcmd in ('r', '*') and pol.polroles && array[0::oid, 'portal_contact'::regrole::oid]
    and exists (select from pg_policy e where e.polrelid = pol.polrelid and e.polpermissive and e.polroles @> array['portal_contact'::regrole::oid] and pg_get_expr(e.polqual, e.polrelid) ~ 'ctx\.(all_but|withheld|granted|addressed)\(')
    and regexp_replace(pg_get_expr(pol.polqual, pol.polrelid), '\s+', ' ', 'g') !~ ('^\(\(id <> ALL \(\( SELECT ctx\.all_but\(''([A-Z_]+)''::text\) AS all_but\)::uuid\[\]\)\) OR \(\(id <> ALL \(\( SELECT ctx\.withheld\(''\1''::text\) AS withheld\)::uuid\[\]\)\) AND '
      || '\(\(id = ANY \(\( SELECT ctx\.granted\(''\1''::text\) AS granted\)::uuid\[\]\)\) OR \(EXISTS \( SELECT FROM clients\.addressee a WHERE \(\(a\.contact_id = \( SELECT ctx\.addressed\(''\1''::text\) AS addressed\)\) AND \(a\.kind = ''\1''::text\) AND \(a\.record_id = [a-z_]+\.id\)\)\)\)\)\)\)$')
