-- All that the host is told of a session, in one text: a request may begin with what the host remembers of it, and the statement that
-- says who is asking then says, too, whether that is still so (docs/decisions/0020-asked-with-the-first-statement.md).
-- Null: the session is unknown, ended or expired.
grant create on schema ctx to portal_door;
set role portal_door;
create function ctx.asker(p_token text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare w record;
begin
  select x.* into w from accounts.who(p_token) x;
  if not found then return null; end if;
  return json_build_object(
    'sessionId', w.session_id, 'personId', w.person_id, 'memberType', w.member_type, 'name', w.name, 'email', w.email,
    'permissions', w.permissions, 'lastContactId', w.last_contact_id,
    'memberships', array(
      select json_build_object('contactId', m.contact_id, 'clientId', m.client_id, 'clientName', m.client_name, 'since', to_char(m.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'picked', m.picked)
      from invitations.memberships(p_token) m));
end $$;
grant execute on function ctx.asker(text) to portal_auth, portal_ctx;
set role portal_owner;
revoke create on schema ctx from portal_door;

-- Says who is asking, as before; and, where p_asker is the SHA-256 of what the host remembers of the session, whether that is still so.
grant create on schema ctx to portal_ctx;
set role portal_ctx;
drop function ctx.ask(text, text);
create function ctx.ask(p_token text, p_contact text, p_asker bytea default null) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('portal.token', true) <> '' then raise exception 'who is asking was said already' using errcode = 'insufficient_privilege'; end if;
  perform set_config('portal.token', p_token, true), set_config('portal.contact', p_contact, true);
  return case when p_asker is not null then coalesce(sha256(convert_to(ctx.asker(p_token), 'UTF8')) = p_asker, false) end;
end $$;
grant execute on function ctx.ask(text, text, bytea) to portal_contact, portal_staff;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
