-- Links in mails, and what people change about their own sign-in.
grant create on schema accounts to portal_door;
set role portal_door;

-- Replaces the person's link of this kind, and queues its mail. Each kind of mail has a limit of its own.
create function accounts.send_link(p_kind text, p_person uuid, p_link uuid, p_token_hash bytea, p_lives interval, p_recipient_key text, p_to text, p_name text, p_subject text, p_new_email text, p_new_email_key text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform accounts.drop_links(p_person, p_kind);
  insert into accounts.link (id, kind, person_id, token_hash, new_email, new_email_key, expires_at)
  values (p_link, p_kind, p_person, p_token_hash, p_new_email, p_new_email_key, clock_timestamp() + p_lives);
  perform mail.enqueue(p_link, p_kind, p_link, lower(p_kind) || ':' || p_recipient_key, p_to, p_name, p_subject);
end $$;

-- Kills the person's links, of one kind or of all, and the mails that would carry them.
create function accounts.drop_links(p_person uuid, p_kind text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare dead uuid;
begin
  perform 1 from accounts.person where id = p_person for update;       -- one at a time a person
  for dead in delete from accounts.link l where l.person_id = p_person and (p_kind is null or l.kind = p_kind) returning l.id loop
    perform mail.suppress(dead);
  end loop;
end $$;

-- Sends a link to choose a new password, if the address is an active person's and their mail limit allows it. Says nothing of what it did.
create function accounts.request_password_reset(p_email_key text, p_recipient_key text, p_link uuid, p_token_hash bytea, p_subject text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare p accounts.person; l record;
begin
  select * into l from mail.limits(array['password_reset:' || p_recipient_key]);
  select * into p from accounts.person x where x.email_key = p_email_key and x.active;
  -- Within the limit's window the older link lives on: nobody can take it away by asking again and again.
  if p.id is null or l.next_allowed_at is not null then return; end if;
  perform accounts.send_link('PASSWORD_RESET', p.id, p_link, p_token_hash, interval '1 hour', p_recipient_key, p.email, p.name, p_subject, null, null);
end $$;

-- What the holder of a live link may know; looking consumes nothing, for mail scanners look, too.
create function accounts.open_link(p_token_hash bytea)
returns table (kind text, person_id uuid, name text, email text, new_email text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.kind, p.id, p.name, p.email, l.new_email, l.expires_at
  from accounts.link l join accounts.person p on p.id = l.person_id and p.active
  where l.token_hash = p_token_hash and l.expires_at > clock_timestamp()
$$;

-- Uses a link once to set the password: every session ends, every other link dies, and a lock-out is lifted. Null: the link is not valid (any more).
create function accounts.reset_password(p_token_hash bytea, p_password_hash text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare person uuid;
begin
  select o.person_id into person from accounts.open_link(p_token_hash) o where o.kind in ('PASSWORD_RESET', 'STAFF_INVITATION');
  perform 1 from accounts.person p where p.id = person and p.active for update;
  if not found then return null; end if;
  delete from accounts.link l where l.token_hash = p_token_hash and l.expires_at > clock_timestamp();
  if not found then return null; end if;                -- used at this instant by another request
  perform accounts.drop_links(person, null);
  update accounts.person p set password_hash = p_password_hash where p.id = person;
  update accounts.session s set ended_at = clock_timestamp() where s.person_id = person and s.ended_at is null;
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = person and t.key = 'account ' || p.email_key;
  return person;
end $$;

-- Whose live session this is; null when it is none.
create function accounts.person_of(p_token text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id from accounts.session s join accounts.person p on p.id = s.person_id and p.active
  where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
$$;

create function accounts.update_profile(p_token text, p_name text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update accounts.person set name = p_name where id = accounts.person_of(p_token)
$$;

-- The caller has checked the current password. All other sessions end, and links that were sent before die.
create function accounts.change_password(p_token text, p_password_hash text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := accounts.person_of(p_token);
begin
  perform accounts.drop_links(me, null);
  update accounts.person set password_hash = p_password_hash where id = me;
  update accounts.session set ended_at = clock_timestamp()
  where person_id = me and ended_at is null and token_hash <> sha256(convert_to(p_token, 'UTF8'));
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = me and t.key = 'account ' || p.email_key;
end $$;

-- Sends a link to the new address. Whether another person has it already is told to whoever reads its mail, and to nobody else.
create function accounts.request_email_change(p_token text, p_email text, p_email_key text, p_recipient_key text, p_link uuid, p_token_hash bytea, p_subject text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare p accounts.person;
begin
  select * into strict p from accounts.person where id = accounts.person_of(p_token);
  perform accounts.send_link('EMAIL_CHANGE', p.id, p_link, p_token_hash, interval '1 day', p_recipient_key, p_email, p.name, p_subject, p_email, p_email_key);
end $$;

-- Uses a link once to change the address, and tells the old one: OK, TAKEN, or INVALID.
create function accounts.confirm_email_change(p_token_hash bytea, p_notice uuid, p_subject text, out outcome text, out person_id uuid, out email text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare o record; l accounts.link;
begin
  select * into o from accounts.open_link(p_token_hash) x where x.kind = 'EMAIL_CHANGE';
  perform 1 from accounts.person p where p.id = o.person_id and p.active for update;
  delete from accounts.link x where x.token_hash = p_token_hash and x.kind = 'EMAIL_CHANGE' and x.expires_at > clock_timestamp() returning * into l;
  if l.id is null then outcome := 'INVALID'; return; end if;
  begin
    update accounts.person p set email = l.new_email, email_key = l.new_email_key where p.id = l.person_id;
  exception when unique_violation then
    outcome := 'TAKEN'; return;
  end;
  perform accounts.drop_links(l.person_id, null);       -- those were sent to the old address
  perform mail.enqueue(p_notice, 'EMAIL_CHANGED', p_notice, 'email_changed:' || o.email, o.email, o.name, p_subject);
  outcome := 'OK'; person_id := l.person_id; email := l.new_email;
end $$;

-- Until when a link lives; no row when it died since its mail was queued. For workers, by the attempt they hold.
create function accounts.mail_content(p_attempt bigint, p_link uuid)
returns table (name text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.name, l.expires_at from accounts.link l join accounts.person p on p.id = l.person_id and p.active
  where l.id = p_link and l.expires_at > clock_timestamp() and mail.is_claimed(p_attempt, p_link)
$$;

grant execute on function accounts.request_password_reset(text, text, uuid, bytea, text), accounts.open_link(bytea), accounts.reset_password(bytea, text),
  accounts.update_profile(text, text), accounts.change_password(text, text),
  accounts.request_email_change(text, text, text, text, uuid, bytea, text), accounts.confirm_email_change(bytea, uuid, text) to portal_auth;
grant execute on function accounts.mail_content(bigint, uuid) to portal_job;
set role portal_owner;
grant usage on schema accounts to portal_job;
revoke create on schema accounts from portal_door;
