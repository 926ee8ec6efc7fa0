-- A big database for looking at plans: fills a migrated, otherwise empty database; run as superuser (benchmarks/big.sh does).
-- Sizes are settings of the session, e.g. set big.invoices = 60000. The first client, BIG-1, has a fifth of all invoices and
-- tickets and big.large_contacts contacts. Rows lie in the order of time, clients mixed, as years of use leave them.
--
-- Contact n signs in with the token 'contact-' || n, staff with 'staff'. Contacts of client 1 are 1 … big.large_contacts:
--   n % 4: 0 no setting (ALL) · 1 ADDRESSED · 2 NONE · 3 ALL; from n % 8 = 4 on with 20 granted and 20 withheld records of each kind.
--   Contact 1 is besides addressed by every tenth invoice and ticket of client 1.
select set_config('big.clients', coalesce(current_setting('big.clients', true), '2000'), false),
  set_config('big.contacts', coalesce(current_setting('big.contacts', true), '20000'), false),
  set_config('big.large_contacts', coalesce(current_setting('big.large_contacts', true), '500'), false),
  set_config('big.invoices', coalesce(current_setting('big.invoices', true), '1000000'), false),
  set_config('big.tickets', coalesce(current_setting('big.tickets', true), '500000'), false);

-- No audit events, no adding to paid (it is given below), and no foreign keys looked up: this is right by its making.
set session_replication_role = replica;

-- A version 7 id, rising with n; the same each time.
create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable as
  $$ select (lpad(to_hex(1500000000000 + n), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || 'a' || substr(md5(kind || n), 4, 15))::uuid $$;
create function pg_temp.size(name text) returns int language sql stable as $$ select current_setting('big.' || name)::int $$;
-- 0 … below - 1, evenly and the same each time.
create function pg_temp.pick(what text, n bigint, below int) returns int language sql immutable as
  $$ select abs(('x' || substr(md5(what || n), 1, 8))::bit(32)::int % below) $$;
-- Whose the nth record is: every fifth the large client's.
create function pg_temp.owner(what text, n bigint) returns int language sql stable as
  $$ select case when n % 5 = 0 then 1 else 2 + pg_temp.pick(what, n, pg_temp.size('clients') - 1) end $$;

insert into clients.client (id, number, name, currency)
  select pg_temp.id('client', n), 'BIG-' || n, format('%s %s', (array['Alder', 'Birch', 'Cedar', 'Elm', 'Fir'])[1 + pg_temp.pick('name', n, 5)], n), 'EUR'
  from generate_series(1, pg_temp.size('clients')) n;

-- The other contacts go round the other clients.
create temp table person_at as
  select n, case when n <= pg_temp.size('large_contacts') then 1 else 2 + (n - pg_temp.size('large_contacts') - 1) % (pg_temp.size('clients') - 1) end as client
  from generate_series(1, pg_temp.size('contacts')) n;
create temp table at_client as
  select client, array_agg(n order by n) as contacts from person_at group by client;
create unique index on at_client (client);
analyze person_at, at_client;

insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key)
  select pg_temp.id('contact', n), pg_temp.id('client', client), 'Contact ' || n, n || '@big.example', n || '@big.example', n || '@big.example' from person_at;
insert into accounts.person (id, member_type, name, email, email_key)
  select pg_temp.id('person', n), 'CLIENT', 'Contact ' || n, n || '@big.example', n || '@big.example' from person_at
  union all select pg_temp.id('person', 0), 'STAFF', 'Staff', 'staff@big.example', 'staff@big.example';
insert into accounts.staff_permission (person_id, permission)
  select pg_temp.id('person', 0), p from unnest(array['CLIENTS_INVITE', 'CLIENTS_MANAGE', 'PORTAL_PREVIEW', 'AUDIT_VIEW']) p;
insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
  select pg_temp.id('session', n), sha256(convert_to(case n when 0 then 'staff' else 'contact-' || n end, 'UTF8')), pg_temp.id('person', n), '90 days', now() + interval '90 days', now() + interval '90 days'
  from generate_series(0, pg_temp.size('contacts')) n;
insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at)
  select pg_temp.id('contact', n), pg_temp.id('client', client), 'ONBOARDED', pg_temp.id('person', n), now() from person_at;

insert into clients.visibility (client_id, contact_id, kind, level)
  select pg_temp.id('client', client), pg_temp.id('contact', n), kind, (array['', 'ADDRESSED', 'NONE', 'ALL'])[1 + n % 4]
  from person_at cross join unnest(array['INVOICE', 'PAYMENT', 'TICKET', 'PROJECT', 'EVENT']) kind where n % 4 <> 0;

-- Ten years of invoices: one in 20 a draft, one in 30 void; of the last 60 days none is paid, of the others all but one in 12.
insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax, paid, public_note, internal_note)
  select pg_temp.id('invoice', n), pg_temp.id('client', pg_temp.owner('invoice', n)), 'INV-' || lpad(n::text, 8, '0'), status,
    case when status <> 'DRAFT' then on_day end, case when status <> 'DRAFT' then on_day + 30 end,
    case when chance % 30 = 0 then 'USD' else 'EUR' end, net, net / 5,
    case when status <> 'ISSUED' or on_day > current_date - 60 or chance % 25 = 1 then 0 when chance % 25 = 2 then net / 2 else net + net / 5 end,
    'Work in ' || to_char(on_day, 'FMMonth YYYY'), 'margin'
  from (
    select n, current_date - 3650 + (n * 3650::bigint / pg_temp.size('invoices'))::int - pg_temp.pick('day', n, 5) as on_day,
      case when chance % 20 = 7 then 'DRAFT' when chance % 30 = 11 then 'VOID' else 'ISSUED' end as status, chance, 100 * (1 + pg_temp.pick('net', n, 100000)) as net
    from (select n, pg_temp.pick('chance', n, 1000000) as chance from generate_series(1, pg_temp.size('invoices')) n) c) i;
insert into billing.invoice_line (client_id, invoice_id, position, description, quantity, unit_price, tax_rate, amount)
  select client_id, id, 1, 'Work', 1, subtotal, 20, subtotal from billing.invoice;
insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method)
  select pg_temp.id('payment', n), client_id, id, 'PAY-' || n, least(issued_on + 20, current_date), paid, 'transfer'
  from (select i.*, row_number() over (order by i.id) as n from billing.invoice i where paid > 0) i;

insert into projects.project (id, client_id, code, name, status, progress, currency)
  select pg_temp.id('project', n), pg_temp.id('client', pg_temp.owner('project', n)), 'PRJ-' || n, 'Project ' || n, (array['ACTIVE', 'PLANNED', 'ON_HOLD', 'COMPLETED', 'COMPLETED'])[1 + pg_temp.pick('status', n, 5)], 50, 'EUR'
  from generate_series(1, pg_temp.size('tickets') / 50) n;
insert into projects.ticket (id, client_id, project_id, number, title, status, worked_on, approved_at, hours, currency, internal_cost, invoice_id)
  select pg_temp.id('ticket', n), pg_temp.id('client', pg_temp.owner('ticket', n)), null, 'TIC-' || lpad(n::text, 8, '0'), 'Ticket ' || n,
    (array['APPROVED', 'SUBMITTED', 'APPROVED', 'DRAFT', 'REJECTED'])[1 + pg_temp.pick('status', n, 5)],
    current_date - 3650 + (n * 3650::bigint / pg_temp.size('tickets'))::int, now(), 2, 'EUR', 5000, null
  from generate_series(1, pg_temp.size('tickets')) n;
-- Approved work older than 60 days is on an invoice of its client.
create temp table invoice_of as
  select client_id, array_agg(id) as ids from billing.invoice where status = 'ISSUED' group by client_id;
create unique index on invoice_of (client_id);
analyze invoice_of;
update projects.ticket t set status = 'INVOICED', invoice_id = o.ids[1 + pg_temp.pick('invoiced', ('x' || right(t.id::text, 8))::bit(32)::int, cardinality(o.ids))]
  from invoice_of o where o.client_id = t.client_id and t.status = 'APPROVED' and t.worked_on < current_date - 60;
insert into calendar.event (id, client_id, kind, title, starts_at, ends_at, shared)
  select pg_temp.id('event', n), pg_temp.id('client', pg_temp.owner('event', n)), 'MEETING', 'Event ' || n, at, at + interval '1 hour', n % 3 <> 1
  from (select n, date_trunc('day', now()) - interval '3000 days' + n * interval '3100 days' / (pg_temp.size('tickets') / 5) as at from generate_series(1, pg_temp.size('tickets') / 5) n) e;

-- Every record is addressed to two of its client's contacts, and some of client 1 to contact 1.
create temp table record as
  select 'INVOICE' as kind, client_id, id, case when status <> 'DRAFT' then sorted_on else '-infinity' end as day from billing.invoice
  union all select 'TICKET', client_id, id, case when status in ('APPROVED', 'INVOICED') then sorted_on else '-infinity' end from projects.ticket
  union all select 'PROJECT', client_id, id, '-infinity' from projects.project union all select 'EVENT', client_id, id, '-infinity' from calendar.event
  union all select 'PAYMENT', client_id, id, '-infinity' from billing.payment;
create temp table record_number as
  select r.kind, r.client_id, r.id, r.day, ('x' || substr(r.id::text, 29, 8))::bit(32)::int & 2147483647 as n, c.contacts
  from record r join (select pg_temp.id('client', client) as id, contacts from at_client) c on c.id = r.client_id;
insert into clients.addressee (client_id, contact_id, kind, record_id, day)
  select client_id, pg_temp.id('contact', contacts[1 + n % cardinality(contacts)]), kind, id, day from record_number
  union select client_id, pg_temp.id('contact', contacts[1 + (n / 7) % cardinality(contacts)]), kind, id, day from record_number
  union select client_id, pg_temp.id('contact', 1), kind, id, day from record_number where client_id = pg_temp.id('client', 1) and n % 10 = 0;
create temp table exception_for as
  select distinct r.kind, r.client_id, c.n, r.id, r.day, row_number() over (partition by r.kind, c.n order by r.n) as at
  from (select n from person_at where client = 1 and n % 8 >= 4 limit 40) c
  join record_number r on r.client_id = pg_temp.id('client', 1) and r.n % 40 = c.n % 40;
insert into clients.record_exception (client_id, contact_id, kind, record_id, day, exception)
  select client_id, pg_temp.id('contact', n), kind, id, day, case at % 2 when 0 then 'GRANTED' else 'WITHHELD' end from exception_for where at <= 40;
reset session_replication_role;
drop table person_at, at_client, invoice_of, record, record_number, exception_for;
analyze;
