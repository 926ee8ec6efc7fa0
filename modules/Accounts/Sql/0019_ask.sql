-- Who is asking is said once a transaction, by this function alone: set_config is nobody's any more (Platform/Sql/0001_roles.sql).
-- A policy asks several times within a statement, and each answer is kept to its end. A statement that changed who is asking between
-- two of them would be shown one client's records under the rights that the same person has at another.
grant create on schema ctx to portal_ctx;
set role portal_ctx;

-- p_token: of the session, or empty; p_contact: which of the person's contacts is meant, or empty. Both end with the transaction.
create function ctx.ask(p_token text, p_contact text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('portal.token', true) <> '' then raise exception 'who is asking was said already' using errcode = 'insufficient_privilege'; end if;
  perform set_config('portal.token', p_token, true), set_config('portal.contact', p_contact, true);
end $$;

grant execute on function ctx.ask(text, text) to portal_contact, portal_staff;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
