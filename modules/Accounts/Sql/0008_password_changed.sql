-- The owner is told when a password was changed or reset, by a mail that holds no link.
grant create on schema accounts to portal_door;
set role portal_door;

-- Not of the first password: that was expected. A limit of its own, so that it takes nothing from other mails.
create function accounts.tell_password_changed(p_person uuid, p_notice uuid, p_subject text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select mail.enqueue(p_notice, 'PASSWORD_CHANGED', p_notice, 'password_changed:' || p.email_key, p.email, p.name, p_subject)
  from accounts.person p where p.id = p_person and p.password_hash is not null and p_notice is not null
$$;

-- As before, and tells. The notice has a default, so that a host of the version before still finds them.
drop function accounts.change_password(text, text);
create function accounts.change_password(p_token text, p_password_hash text, p_notice uuid default null, p_subject text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := accounts.person_of(p_token);
begin
  perform accounts.drop_links(me, null);
  perform accounts.tell_password_changed(me, p_notice, p_subject);
  update accounts.person set password_hash = p_password_hash where id = me;
  update accounts.session set ended_at = clock_timestamp()
  where person_id = me and ended_at is null and token_hash <> sha256(convert_to(p_token, 'UTF8'));
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = me and t.key = 'account ' || p.email_key;
end $$;

drop function accounts.reset_password(bytea, text);
create function accounts.reset_password(p_token_hash bytea, p_password_hash text, p_notice uuid default null, p_subject text default null) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare person uuid;
begin
  select o.person_id into person from accounts.open_link(p_token_hash) o where o.kind in ('PASSWORD_RESET', 'STAFF_INVITATION');
  perform 1 from accounts.person p where p.id = person and p.active for update;
  if not found then return null; end if;
  delete from accounts.link l where l.token_hash = p_token_hash and l.expires_at > clock_timestamp();
  if not found then return null; end if;                -- used at this instant by another request
  perform accounts.drop_links(person, null);
  perform accounts.tell_password_changed(person, p_notice, p_subject);
  update accounts.person p set password_hash = p_password_hash where p.id = person;
  update accounts.session s set ended_at = clock_timestamp() where s.person_id = person and s.ended_at is null;
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = person and t.key = 'account ' || p.email_key;
  return person;
end $$;

create function accounts.has_staff() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from accounts.person where member_type = 'STAFF')
$$;

grant execute on function accounts.change_password(text, text, uuid, text), accounts.reset_password(bytea, text, uuid, text), accounts.has_staff() to portal_auth;
set role portal_owner;
revoke create on schema accounts from portal_door;
