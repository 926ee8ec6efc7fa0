-- Whether a link may be used is asked in one place, accounts.open_link: of its kind, alive, of somebody active. What uses it waits
-- for the person's other changes and takes it away; whoever shuts a person out takes their links away first, so a link that is
-- still there may still be used. Before, parts of the question were asked again, and nothing depended on them.
grant create on schema accounts to portal_door;
set role portal_door;

-- Uses a link once to set the password: every session ends, every other link dies, and a lock-out is lifted. Null: the link is not valid (any more).
create or replace function accounts.reset_password(p_token_hash bytea, p_password_hash text, p_notice uuid default null, p_subject text default null) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare person uuid;
begin
  select o.person_id into person from accounts.open_link(p_token_hash) o where o.kind in ('PASSWORD_RESET', 'STAFF_INVITATION');
  perform 1 from accounts.person p where p.id = person for update;
  delete from accounts.link l where l.token_hash = p_token_hash and l.person_id = person;
  if not found then return null; end if;                -- not open, or used at this instant by another request
  perform accounts.drop_links(person, null);
  perform accounts.tell_password_changed(person, p_notice, p_subject);
  update accounts.person p set password_hash = p_password_hash where p.id = person;
  update accounts.session s set ended_at = clock_timestamp() where s.person_id = person and s.ended_at is null;
  delete from accounts.sign_in_throttle t using accounts.person p where p.id = person and t.key = 'account ' || p.email_key;
  return person;
end $$;

-- Uses a link once to change the address, and tells the old one: OK, TAKEN, or INVALID.
create or replace function accounts.confirm_email_change(p_token_hash bytea, p_notice uuid, p_subject text, out outcome text, out person_id uuid, out email text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare o record; l accounts.link;
begin
  select * into o from accounts.open_link(p_token_hash) x where x.kind = 'EMAIL_CHANGE';
  perform 1 from accounts.person p where p.id = o.person_id for update;
  delete from accounts.link x where x.token_hash = p_token_hash and x.person_id = o.person_id returning * into l;
  if l.id is null then outcome := 'INVALID'; return; end if;   -- not open, or used at this instant by another request
  begin
    update accounts.person p set email = l.new_email, email_key = l.new_email_key where p.id = l.person_id;
  exception when unique_violation then
    outcome := 'TAKEN'; return;
  end;
  perform accounts.drop_links(l.person_id, null);       -- those were sent to the old address
  perform mail.enqueue(p_notice, 'EMAIL_CHANGED', p_notice, 'email_changed:' || o.email, o.email, o.name, p_subject);
  outcome := 'OK'; person_id := l.person_id; email := l.new_email;
end $$;

set role portal_owner;
revoke create on schema accounts from portal_door;
