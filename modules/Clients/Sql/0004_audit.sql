-- Changes to clients, contacts and what contacts may see, in the audit trail. What an import adds is the import's, not a person's change.
grant create on schema clients to portal_door;
set role portal_door;

create function clients.audit_client() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform audit.record('CLIENT_CREATED', 'Client', new.id, new.id, format('%s (%s) was added.', new.name, new.number));
  else
    perform audit.record('CLIENT_CHANGED', 'Client', new.id, new.id, format('%s: %s.', new.name, concat_ws(', ',
      case when new.name <> old.name then format('renamed from %s', old.name) end,
      case when new.status <> old.status then 'now ' || lower(new.status) end,
      case when new.internal <> old.internal then case when new.internal then 'now internal' else 'no longer internal' end end,
      case when new.currency <> old.currency then format('currency %s instead of %s', new.currency, old.currency) end,
      case when new.internal_note is distinct from old.internal_note then 'another internal note' end)));
  end if;
  return null;
end $$;

create function clients.audit_contact() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform audit.record('CONTACT_CREATED', 'Contact', new.id, new.client_id, format('%s was added.', new.name));
  elsif tg_op = 'DELETE' then
    perform audit.record('CONTACT_REMOVED', 'Contact', old.id, old.client_id, format('%s was removed.', old.name));
  else
    perform audit.record('CONTACT_CHANGED', 'Contact', new.id, new.client_id, format('%s: %s.', new.name, concat_ws(', ',
      case when new.name <> old.name then format('renamed from %s', old.name) end,
      case when new.email is distinct from old.email then case when new.email is null then 'no e-mail address any more' else 'another e-mail address' end end,
      case when new.job_title is distinct from old.job_title then 'another job title' end)));
  end if;
  return null;
end $$;

-- One event for all kinds that one statement set for a contact.
create function clients.audit_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform audit.record('CONTACT_ACCESS_SET', 'Contact', c.id, c.client_id, format('%s: %s.', c.name, s.settings))
  from (
    select n.contact_id, string_agg(format('%s %s%s', n.kind, n.level, case when n.notify then ' by e-mail' end), ', ' order by n.kind) as settings
    from changed n group by n.contact_id) s
  join clients.contact c on c.id = s.contact_id;
  return null;
end $$;

create function clients.audit_exception() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e clients.record_exception := case when tg_op = 'DELETE' then old else new end;
begin
  perform audit.record('RECORD_ACCESS_SET', 'Contact', c.id, c.client_id, format('%s: %s %s %s.', c.name, e.kind, coalesce(r.title, e.record_id::text),
    case when tg_op = 'DELETE' then 'as the kind is set' else lower(e.exception) end))
  from clients.contact c                                   -- gone already when the exception goes with its contact
  left join lateral (select x.title from clients.record_source s cross join lateral ctx.record(s.type_name, e.record_id) x where s.kind = e.kind) r on true
  where c.id = e.contact_id;
  return null;
end $$;

-- Lets staff with PORTAL_PREVIEW into a contact's portal, and says so in the trail. False: not theirs to see, or none of this client's.
create function clients.open_preview(p_client uuid, p_contact uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare contact_name text;
begin
  if not ctx.staff_can('PORTAL_PREVIEW') then return false; end if;
  select c.name into contact_name from clients.contact c join clients.client k on k.id = c.client_id
  where c.id = p_contact and k.id = p_client and k.status = 'ACTIVE';
  if not found then return false; end if;
  perform audit.record('PORTAL_PREVIEWED', 'Contact', p_contact, p_client, format('The portal was opened as %s sees it.', contact_name));
  return true;
end $$;

grant execute on function clients.open_preview(uuid, uuid) to portal_staff;
grant execute on function clients.audit_client(), clients.audit_contact(), clients.audit_visibility(), clients.audit_exception() to portal_owner;
set role portal_owner;
revoke create on schema clients from portal_door;
grant select on clients.record_source to portal_door;
create policy door on clients.record_source for select to portal_door using (true);

create trigger audit_insert after insert on clients.client for each row when (current_user <> 'portal_import') execute function clients.audit_client();
create trigger audit_update after update on clients.client for each row when (old.* is distinct from new.*) execute function clients.audit_client();
create trigger audit_insert after insert on clients.contact for each row when (current_user <> 'portal_import') execute function clients.audit_contact();
create trigger audit_update after update on clients.contact for each row when (old.* is distinct from new.*) execute function clients.audit_contact();
create trigger audit_delete after delete on clients.contact for each row execute function clients.audit_contact();
create trigger audit_insert after insert on clients.visibility referencing new table as changed for each statement
  when (current_user <> 'portal_import') execute function clients.audit_visibility();
create trigger audit_update after update on clients.visibility referencing new table as changed for each statement execute function clients.audit_visibility();
create trigger audit_change after insert or update or delete on clients.record_exception for each row execute function clients.audit_exception();
