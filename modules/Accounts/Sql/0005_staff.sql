-- What staff with STAFF_MANAGE do to staff. Each of them takes the table's lock first, so they happen one after another.
grant create on schema accounts to portal_door;
set role portal_door;

-- The active staff who can manage staff, by now: one who never chose a password cannot.
create function accounts.managers() returns uuid[]
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select array(select p.id from accounts.person p join accounts.staff_permission sp on sp.person_id = p.id and sp.permission = 'STAFF_MANAGE'
    where p.member_type = 'STAFF' and p.active and p.password_hash is not null)
$$;

-- Whatever takes the last of them away, by whichever way, fails at its commit: without one, nobody could ever add another.
create function accounts.keep_a_manager() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table accounts.staff_permission in share row exclusive mode;    -- of two at once, the second sees what the first did
  if cardinality(accounts.managers()) = 0 and exists (select from accounts.person p where p.member_type = 'STAFF') then
    raise exception 'somebody must be left who can manage staff' using errcode = 'check_violation', constraint = 'staff_keeps_a_manager';
  end if;
  return null;
end $$;

-- Adds a member of staff and sends them a link to choose a password with: OK, FORBIDDEN, or TAKEN when the address has a sign-in already.
create function accounts.add_staff(p_id uuid, p_name text, p_email text, p_email_key text, p_recipient_key text, p_permissions text[], p_link uuid, p_token_hash bytea, p_subject text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not ctx.staff_can('STAFF_MANAGE') then return 'FORBIDDEN'; end if;
  insert into accounts.person (id, member_type, name, email, email_key) values (p_id, 'STAFF', p_name, p_email, p_email_key) on conflict (email_key) do nothing;
  if not found then return 'TAKEN'; end if;
  insert into accounts.staff_permission (person_id, permission) select distinct p_id, x from unnest(p_permissions) x;
  perform accounts.send_link('STAFF_INVITATION', p_id, p_link, p_token_hash, interval '7 days', p_recipient_key, p_email, p_name, p_subject, null, null);
  return 'OK';
end $$;

-- Sets the permissions to exactly these: OK, FORBIDDEN, NOT_FOUND, or LAST_MANAGER.
create function accounts.set_staff_permissions(p_person uuid, p_permissions text[]) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table accounts.staff_permission in share row exclusive mode;
  if not ctx.staff_can('STAFF_MANAGE') then return 'FORBIDDEN'; end if;
  if not exists (select from accounts.person p where p.id = p_person and p.member_type = 'STAFF') then return 'NOT_FOUND'; end if;
  if not 'STAFF_MANAGE' = any (p_permissions) and accounts.managers() = array[p_person] then return 'LAST_MANAGER'; end if;
  delete from accounts.staff_permission sp where sp.person_id = p_person and sp.permission <> all (p_permissions);
  insert into accounts.staff_permission (person_id, permission) select p_person, x from unnest(p_permissions) x on conflict do nothing;
  return 'OK';
end $$;

-- Shuts a member of staff out: their sessions end and their links die with this statement. OK, FORBIDDEN, NOT_FOUND, or LAST_MANAGER.
create function accounts.deactivate_staff(p_person uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table accounts.staff_permission in share row exclusive mode;
  if not ctx.staff_can('STAFF_MANAGE') then return 'FORBIDDEN'; end if;
  if not exists (select from accounts.person p where p.id = p_person and p.member_type = 'STAFF') then return 'NOT_FOUND'; end if;
  if accounts.managers() = array[p_person] then return 'LAST_MANAGER'; end if;
  perform accounts.drop_links(p_person, null);
  update accounts.person p set active = false where p.id = p_person;
  update accounts.session s set ended_at = clock_timestamp() where s.person_id = p_person and s.ended_at is null;
  return 'OK';
end $$;

grant execute on function accounts.add_staff(uuid, text, text, text, text, text[], uuid, bytea, text),
  accounts.set_staff_permissions(uuid, text[]), accounts.deactivate_staff(uuid) to portal_staff;
grant execute on function accounts.keep_a_manager() to portal_owner;
set role portal_owner;
revoke create on schema accounts from portal_door;

create constraint trigger keep_a_manager after delete or update on accounts.staff_permission deferrable initially deferred for each row
  when (old.permission = 'STAFF_MANAGE') execute function accounts.keep_a_manager();
create constraint trigger keep_a_manager_active after update on accounts.person deferrable initially deferred for each row
  when (old.member_type = 'STAFF' and old.active and not (new.active and new.member_type = 'STAFF' and new.password_hash is not null)) execute function accounts.keep_a_manager();
