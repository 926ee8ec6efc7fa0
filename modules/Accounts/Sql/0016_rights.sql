-- For streams that tell many sessions of the same event: which of these tokens are live sessions of staff who have the permission,
-- and all that each of them may do, in one statement. The same question as ctx.staff_can, which asks it of the one session that
-- a statement is for. Who may do the same is told the same.
grant create on schema ctx to portal_ctx;
set role portal_ctx;

drop function ctx.staff_who_can(text[], text);

create function ctx.staff_rights(p_tokens text[], p_permission text) returns table (token text, rights text)
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select t.token, r.rights from (select distinct x.token, sha256(convert_to(x.token, 'UTF8')) as hash from unnest(p_tokens) x (token)) t
    join accounts.session s on s.token_hash = t.hash and s.ended_at is null and s.expires_at > now() and s.ends_at > now()
    join accounts.person p on p.id = s.person_id and p.active and p.member_type = 'STAFF'
    cross join lateral (
      select string_agg(sp.permission, ',' order by sp.permission collate "C") as rights, bool_or(sp.permission = p_permission) as may
      from accounts.staff_permission sp where sp.person_id = p.id) r
    where r.may;
end $$;

grant execute on function ctx.staff_rights(text[], text) to portal_staff;
set role portal_owner;
revoke create on schema ctx from portal_ctx;
