-- Who is removed before their turn leaves a call's figures at once, as its rows: total is the number of rows, and the sum of the others.
create or replace view invitations.bulk_invitation with (security_invoker = true) as
  select b.id, w.n + r.total as total, w.n + r.queued as queued, r.sent, r.skipped, r.failed
  from invitations.bulk b
  cross join lateral (select count(*)::int as n from unnest(b.contacts[b.placed + 1 :]) as x (id) join clients.contact c on c.id = x.id) w
  cross join lateral (
    select count(*)::int as total,
      (count(*) filter (where x.skipped is null and (o.id is null or o.state in ('QUEUED', 'SENDING'))))::int as queued,
      (count(*) filter (where o.state = 'SENT'))::int as sent,
      (count(*) filter (where x.skipped is not null or o.state = 'SUPPRESSED'))::int as skipped,
      (count(*) filter (where o.state = 'FAILED'))::int as failed
    from invitations.bulk_row x left join mail.outbox o on o.id = x.invitation_id
    where x.bulk_id = b.id) r;
