-- Which of these tokens are live sessions of staff who have the permission, all in one statement: for streams that tell many
-- sessions of the same event. The same question as ctx.staff_can, which asks it of the one session that a statement is for.
grant create on schema ctx to portal_ctx;
set role portal_ctx;

create function ctx.staff_who_can(p_tokens text[], p_permission text) returns setof text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select t.token from (select distinct x.token, sha256(convert_to(x.token, 'UTF8')) as hash from unnest(p_tokens) x (token)) t
    join accounts.session s on s.token_hash = t.hash and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
    join accounts.person p on p.id = s.person_id and p.active and p.member_type = 'STAFF'
    where exists (select from accounts.staff_permission sp where sp.person_id = p.id and sp.permission = p_permission);
end $$;

grant execute on function ctx.staff_who_can(text[], text) to portal_staff;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
