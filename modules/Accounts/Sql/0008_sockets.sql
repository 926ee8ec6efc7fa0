-- Open sockets learn at once that a session was ended; the signal says that one was, never whose.
grant create on schema accounts to portal_door;
set role portal_door;

create function accounts.tell_session_ended() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('session_ended', '');
  return null;
end $$;

-- Those of the tokens that are no live session's (any more).
create function accounts.ended_sessions(p_tokens text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t from unnest(p_tokens) t where accounts.person_of(t) is null
$$;

grant execute on function accounts.tell_session_ended() to portal_owner;
grant execute on function accounts.ended_sessions(text[]) to portal_auth;
set role portal_owner;
revoke create on schema accounts from portal_door;

create trigger tell_session_ended after update of ended_at on accounts.session for each row
  when (old.ended_at is null and new.ended_at is not null) execute function accounts.tell_session_ended();
