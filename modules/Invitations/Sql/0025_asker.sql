-- All that the host is told of a session, in one text: a request may begin with what the host remembers of it, and the statement that
-- says who is asking then says, too, whether that is still so (docs/decisions/0020-asked-with-the-first-statement.md).
-- Null: the session is unknown, ended or expired.
-- With one look-up: it is asked with every request. accounts.who and invitations.memberships say the same to hosts of the version before.
grant create on schema ctx to portal_door;
set role portal_door;
-- unnoted: the session, when it is time to note that it is used.
create function ctx.told_of(p_token text, out asker text, out unnoted uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  select case when s.last_seen_at < now() - least(interval '1 minute', s.idle_limit / 10) then s.id end,
    json_build_object(
      'sessionId', s.id, 'personId', p.id, 'memberType', p.member_type, 'name', p.name, 'email', p.email,
      'permissions', array(select sp.permission from accounts.staff_permission sp where sp.person_id = p.id order by 1),
      'lastContactId', p.last_contact_id,
      'memberships', array(
        select json_build_object(
          'contactId', i.contact_id, 'clientId', i.client_id, 'clientName', k.name,
          'since', to_char(i.onboarded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'picked', ctx.picked_of(i.contact_id))
        from invitations.invitation i join clients.client k on k.id = i.client_id and k.status = 'ACTIVE'
        where i.person_id = p.id and i.status = 'ONBOARDED' order by i.contact_id))
    into unnoted, asker
    from accounts.session s join accounts.person p on p.id = s.person_id and p.active
    where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.ended_at is null and s.expires_at > now() and s.ends_at > now();
end $$;
create function ctx.asker(p_token text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare told record;
begin
  select t.* into told from ctx.told_of(p_token) t;
  if told.unnoted is not null then -- noted the next time where somebody else holds the row: none may wait
    update accounts.session x set last_seen_at = now(), expires_at = least(x.ends_at, now() + x.idle_limit)
      where x.id = (select y.id from accounts.session y where y.id = told.unnoted for update skip locked);
  end if;
  return told.asker;
end $$;
grant execute on function ctx.asker(text) to portal_auth;
grant execute on function ctx.told_of(text) to portal_ctx;
set role portal_owner;
revoke create on schema ctx from portal_door;

-- Says who is asking, as the other does, which hosts of the version before call and have prepared; and, where p_asker is the SHA-256 of
-- what the host remembers of the session, whether that is still so. Null: not said, the host has to ask. That a session was used is
-- not noted here: its row would be held for as long as the transaction goes on to read, and whoever ends the session would wait for it.
grant create on schema ctx to portal_ctx;
set role portal_ctx;
create function ctx.ask(p_token text, p_contact text, p_asker bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ctx.ask(p_token, p_contact);
  if p_asker is null then return null; end if;
  return (select case when t.unnoted is null then coalesce(sha256(convert_to(t.asker, 'UTF8')) = p_asker, false) end from ctx.told_of(p_token) t);
end $$;
grant execute on function ctx.ask(text, text, bytea) to portal_contact, portal_staff;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
