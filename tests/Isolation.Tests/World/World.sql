-- A small world in which every table has rows and every rule has somebody whom it lets in and somebody whom it keeps out.
-- Ids are md5 of names, so that tests can name them; a session's token is 'token of ' and its person.
create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5(name)::uuid $$;

insert into clients.client (id, number, name, status, internal, currency, internal_note) values
  (pg_temp.id('client A'), 'A', 'Client A', 'ACTIVE', false, 'EUR', 'internal note'), (pg_temp.id('client B'), 'B', 'Client B', 'ACTIVE', false, 'EUR', 'internal note'),
  (pg_temp.id('client S'), 'S', 'Suspended', 'INACTIVE', false, 'EUR', null), (pg_temp.id('client N'), 'N', 'Internal', 'ACTIVE', true, 'EUR', null);

-- Contacts, and the person who accepted for each.
create temp table who (name text, client text, person text);
insert into who values
  ('alice', 'A', 'alice'), ('adam', 'A', 'adam'), ('nora', 'A', 'nora'), ('mia', 'A', 'mia'), ('gil', 'A', 'gil'), ('ina', 'A', 'ina'),
  ('una', 'A', null), ('ivo', 'A', null), ('rita', 'A', null), ('ezra', 'A', null),
  ('bob', 'B', 'bob'), ('alice at B', 'B', 'alice'), ('bea', 'B', null), ('sam', 'S', 'sam'), ('ned', 'N', null);
insert into accounts.person (id, member_type, name, email, email_key, password_hash, active)
  select distinct pg_temp.id('person ' || person), 'CLIENT', person, person || '@example.com', person || '@example.com', 'hash', person <> 'ina' from who where person is not null;
insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key)
  select pg_temp.id('contact ' || name), pg_temp.id('client ' || client), name, x.email, x.email, x.email
  from who cross join lateral (select replace(coalesce(person, name), ' ', '.') || '@example.com' as email) x;
insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at)
  select pg_temp.id('contact ' || name), pg_temp.id('client ' || client), 'ONBOARDED', pg_temp.id('person ' || person), now() from who where person is not null;
insert into invitations.invitation (contact_id, client_id, status, detail, invitation_id, token_hash, email, expires_in, invited_by, expires_at)
  select pg_temp.id('contact ' || name), pg_temp.id('client A'), 'INVITED', 'SENT', pg_temp.id('invitation ' || name), sha256(convert_to('link of ' || name, 'UTF8')), name || '@example.com', '7 days', 'manager', expires_at
  from (values ('ivo', now() + interval '1 day'), ('ezra', now() - interval '1 day')) as l (name, expires_at);
insert into invitations.invitation (contact_id, client_id, status, detail) select pg_temp.id('contact rita'), pg_temp.id('client A'), 'NOT_INVITED', 'ACCESS_REVOKED';

-- Staff: one without any permission, one with each, one with all but CLIENTS_MANAGE, one who left.
create temp table permission (name text);
insert into permission values ('CLIENTS_INVITE'), ('CLIENTS_MANAGE'), ('BILLING_MANAGE'), ('PROJECTS_MANAGE'), ('CALENDAR_MANAGE'), ('PORTAL_PREVIEW'), ('STAFF_MANAGE'), ('AUDIT_VIEW');
insert into accounts.person (id, member_type, name, email, email_key, password_hash, active)
  select pg_temp.id('person ' || name), 'STAFF', name, lower(name) || '@staff.example.com', lower(name) || '@staff.example.com', 'hash', name <> 'left'
  from (select name from permission union all values ('nothing'), ('others'), ('left')) s;
insert into accounts.staff_permission select pg_temp.id('person ' || name), name from permission;
insert into accounts.staff_permission select pg_temp.id('person others'), name from permission where name <> 'CLIENTS_MANAGE';
insert into accounts.staff_permission select pg_temp.id('person left'), name from permission;

insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
  select pg_temp.id('session ' || name), sha256(convert_to('token of ' || name, 'UTF8')), id, '1 day', now() + interval '1 day', now() + interval '1 day' from accounts.person;
insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at, ended_at)
  select gen_random_uuid(), sha256(convert_to(format('%s token of %s', how, name), 'UTF8')), id, '1 day',
    now() + case how when 'idle' then -1 else 1 end * interval '1 day', now() + case how when 'over' then -1 else 1 end * interval '1 day', case how when 'ended' then now() end
  from accounts.person cross join (values ('ended'), ('idle'), ('over')) as d (how) where name in ('alice', 'CLIENTS_MANAGE', 'others');
insert into accounts.link (id, kind, person_id, token_hash, expires_at)
  select pg_temp.id(how || ' reset of ' || name), 'PASSWORD_RESET', pg_temp.id('person ' || name), sha256(convert_to(how || ' reset of ' || name, 'UTF8')), now() + case how when 'late' then -1 else 1 end * interval '1 hour'
  from (values ('live', 'bob'), ('late', 'alice'), ('live', 'ina')) as l (how, name);
insert into accounts.sign_in_throttle (key) values ('account alice@example.com');

-- Records of clients A, B and S: for each status one.
insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax, internal_note)
  select pg_temp.id(format('invoice %s %s', c, n)), pg_temp.id('client ' || c), format('I-%s-%s', c, n), (array['DRAFT', 'ISSUED', 'ISSUED', 'ISSUED', 'VOID', 'DRAFT'])[n], '2026-01-01', '2026-02-01', 'EUR', 100, 20, 'internal note'
  from unnest(array['A', 'B', 'S']) c cross join generate_series(1, 6) n;
insert into billing.invoice_line (client_id, invoice_id, position, description, quantity, unit_price, tax_rate, amount)
  select client_id, id, p, 'line', 1, 50, 20, 50 from billing.invoice cross join generate_series(1, 2) p;
insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method)
  select pg_temp.id(format('payment %s %s', substr(number, 3), p)), client_id, id, format('P-%s-%s', number, p), '2026-01-02', 10, 'Card' from billing.invoice cross join generate_series(1, 3) p where status = 'ISSUED';
insert into projects.project (id, client_id, code, name, currency, internal_budget, internal_note)
  select pg_temp.id(format('project %s %s', c, n)), pg_temp.id('client ' || c), format('J-%s-%s', c, n), 'Project', 'EUR', 1, 'internal note' from unnest(array['A', 'B', 'S']) c cross join generate_series(1, 4) n;
insert into projects.ticket (id, client_id, project_id, number, title, status, currency, internal_cost, invoice_id)
  select pg_temp.id(format('ticket %s %s', c, n)), pg_temp.id('client ' || c), pg_temp.id(format('project %s 1', c)), format('T-%s-%s', c, n), 'Ticket',
    s.status, 'EUR', 1, case s.status when 'INVOICED' then pg_temp.id(format('invoice %s 2', c)) end
  from unnest(array['A', 'B', 'S']) c cross join generate_series(1, 6) n cross join lateral (select (array['DRAFT', 'SUBMITTED', 'APPROVED', 'APPROVED', 'INVOICED', 'REJECTED'])[n] as status) s;
insert into calendar.event (id, client_id, project_id, kind, title, starts_at, ends_at, shared)
  select pg_temp.id(format('event %s %s', c, n)), pg_temp.id('client ' || c), pg_temp.id(format('project %s 1', c)), 'MEETING', format('Event %s', n), now(), now() + interval '1 hour', n <> 1 from unnest(array['A', 'B', 'S']) c cross join generate_series(1, 4) n;

-- adam sees what is addressed, nora nothing, mia everything but for exceptions, gil nothing but for exceptions; alice has no row at all.
create temp table record as
  select 'INVOICE' as kind, id, client_id, row_number() over (partition by client_id order by number) as n from billing.invoice
  union all select 'PAYMENT', id, client_id, row_number() over (partition by client_id order by number) from billing.payment
  union all select 'TICKET', id, client_id, row_number() over (partition by client_id order by number) from projects.ticket
  union all select 'PROJECT', id, client_id, row_number() over (partition by client_id order by code) from projects.project
  union all select 'EVENT', id, client_id, row_number() over (partition by client_id order by title) from calendar.event;
insert into clients.visibility (client_id, contact_id, kind, level)
  select c.client_id, c.id, k.kind, l.level from clients.contact c join (values ('adam', 'ADDRESSED'), ('nora', 'NONE'), ('mia', 'ALL'), ('gil', 'NONE'), ('bob', 'ADDRESSED'), ('sam', 'ALL')) as l (name, level) on l.name = c.name
  cross join (select distinct kind from record) k;
insert into clients.addressee (client_id, contact_id, kind, record_id)
  select c.client_id, c.id, r.kind, r.id from clients.contact c join record r on r.client_id = c.client_id where (c.name in ('adam', 'nora', 'bob') and r.n in (1, 2, 3)) or (c.name = 'nora' and r.n = 8);
insert into clients.record_exception (client_id, contact_id, kind, record_id, exception)
  select c.client_id, c.id, r.kind, r.id, e.exception from clients.contact c join record r on r.client_id = c.client_id
  join (values ('mia', 2, 'WITHHELD'), ('mia', 5, 'WITHHELD'), ('mia', 3, 'GRANTED'), ('gil', 1, 'GRANTED'), ('gil', 3, 'GRANTED'), ('gil', 4, 'WITHHELD'), ('adam', 3, 'WITHHELD'), ('adam', 4, 'GRANTED')) as e (name, n, exception) on e.name = c.name and e.n = r.n;

-- Mail and calls that invited many.
insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, state, not_before)
  values (pg_temp.id('mail ivo'), 'INVITATION', pg_temp.id('invitation ivo'), 'ivo@example.com', 'ivo@example.com', 'ivo', 'Invitation', 'QUEUED', now() + interval '1 day'),
    (pg_temp.id('mail mia'), 'INVITATION', pg_temp.id('invitation mia'), 'mia@example.com', 'mia@example.com', 'mia', 'Invitation', 'SENT', now());
insert into mail.recipient (key) values ('mia@example.com');
insert into mail.attempt (outbox_id, recipient_key, slot, reserved_at, lease_until, finished_at, outcome, worker)
  values (pg_temp.id('mail mia'), 'mia@example.com', 1, timestamp '2026-01-01 12:00', timestamp '2026-01-01 12:02', timestamp '2026-01-01 12:01', 'SENT', 'worker');
insert into invitations.bulk (id, staff_id, by_name, idempotency_key, arguments, expires_in) values (pg_temp.id('bulk'), pg_temp.id('person CLIENTS_INVITE'), 'CLIENTS_INVITE', 'key', '\x00', '7 days');
insert into invitations.bulk_row (bulk_id, position, contact_id, client_id, skipped) values (pg_temp.id('bulk'), 1, pg_temp.id('contact bob'), pg_temp.id('client B'), 'ALREADY_ONBOARDED');
