-- Two contacts at client 1 (one sees all, one what is addressed), a member of staff, and a second client that nobody here may see.
insert into accounts.person (id, member_type, name, email, email_key, password_hash) values
  ('a0000000-0000-0000-0000-000000000001', 'CLIENT', 'All', 'all@example.com', 'all@example.com', '-'),
  ('a0000000-0000-0000-0000-000000000002', 'CLIENT', 'Addressed', 'addressed@example.com', 'addressed@example.com', '-'),
  ('a0000000-0000-0000-0000-000000000003', 'STAFF', 'Staff', 'staff@example.com', 'staff@example.com', '-');
insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
  select gen_random_uuid(), sha256(convert_to(token, 'UTF8')), person::uuid, '1 day', now() + interval '1 day', now() + interval '1 day'
  from (values (':all', 'a0000000-0000-0000-0000-000000000001'), (':addressed', 'a0000000-0000-0000-0000-000000000002'), (':staff', 'a0000000-0000-0000-0000-000000000003')) s (token, person);
insert into clients.client (id, number, name, currency) values
  ('c0000000-0000-0000-0000-000000000001', 'C1', 'One', 'EUR'), ('c0000000-0000-0000-0000-000000000002', 'C2', 'Two', 'EUR');
insert into clients.contact (id, client_id, name) values
  ('b0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'All'),
  ('b0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'Addressed');
insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at) values
  ('b0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000001', now()),
  ('b0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000002', now());
insert into clients.visibility (client_id, contact_id, kind, level) values
  ('c0000000-0000-0000-0000-000000000001', 'b0000000-0000-0000-0000-000000000002', 'INVOICE', 'ADDRESSED'),
  ('c0000000-0000-0000-0000-000000000001', 'b0000000-0000-0000-0000-000000000002', 'PROJECT', 'NONE');

-- One invoice a status, by number: what it is expected to be. Days are the database's, in UTC.
insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax, public_note, internal_note)
  select ('d0000000-0000-0000-0000-0000000000' || n)::uuid, 'c0000000-0000-0000-0000-000000000001', number, status, issued, today + due, currency, subtotal, tax, note, 'internal'
  from (select (now() at time zone 'UTC')::date as today) t, (values
    ('01', 'DRAFT',        'DRAFT',  null,              null::int, 'EUR', 10000, 2000, null),
    ('02', 'OPEN',         'ISSUED', date '2026-01-10', 30,        'EUR', 10000, 2000, 'Fifty 50% off_'),
    ('03', 'TODAY',        'ISSUED', date '2026-01-11', 0,         'EUR',  1000,    0, null),
    ('04', 'PARTLY',       'ISSUED', date '2026-01-12', 30,        'EUR',  1000,    0, null),
    ('05', 'LATE',         'ISSUED', date '2026-01-13', -1,        'USD',  5000,    0, null),
    ('06', 'LATE-PARTLY',  'ISSUED', date '2026-01-14', -1,        'EUR',  1000,    0, null),
    ('07', 'PAID',         'ISSUED', date '2026-01-15', -1,        'EUR',  1000,    0, null),
    ('08', 'OVERPAID',     'ISSUED', date '2026-01-16', -1,        'JPY',  1000,    0, null),
    ('09', 'VOID',         'VOID',   date '2026-01-17', -1,        'EUR',  9900,    0, null)) i (n, number, status, issued, due, currency, subtotal, tax, note);
insert into billing.invoice_line (client_id, invoice_id, position, description, quantity, unit_price, tax_rate, amount) values
  ('c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000002', 2, 'Second', 1, 5000, 20, 5000),
  ('c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000002', 1, 'First', 2.5, 2000, 20, 5000);
insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method) values
  ('e0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000004', 'P1', '2026-01-20', 400, 'BANK'),
  ('e0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000006', 'P2', '2026-01-20', 999, 'BANK'),
  ('e0000000-0000-0000-0000-000000000003', 'c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000007', 'P3', '2026-01-20', 1000, 'BANK'),
  ('e0000000-0000-0000-0000-000000000004', 'c0000000-0000-0000-0000-000000000001', 'd0000000-0000-0000-0000-000000000008', 'P4', '2026-01-20', 1500, 'BANK');
-- Ties: fifteen invoices of one day, paid in full.
insert into billing.invoice (id, client_id, number, status, issued_on, currency) select gen_random_uuid(), 'c0000000-0000-0000-0000-000000000001', 'TIE-' || n, 'ISSUED', '2025-06-01', 'CHF' from generate_series(1, 15) n;
insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal) select gen_random_uuid(), 'c0000000-0000-0000-0000-000000000002', 'OTHER-' || n, 'ISSUED', '2025-06-01', '2025-06-02', 'EUR', 100 from generate_series(1, 30) n;
insert into clients.addressee (client_id, contact_id, kind, record_id) values
  ('c0000000-0000-0000-0000-000000000001', 'b0000000-0000-0000-0000-000000000002', 'INVOICE', 'd0000000-0000-0000-0000-000000000001'),
  ('c0000000-0000-0000-0000-000000000001', 'b0000000-0000-0000-0000-000000000002', 'INVOICE', 'd0000000-0000-0000-0000-000000000005');

insert into projects.project (id, client_id, code, name, status, currency, internal_budget, internal_note) values
  ('f0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'PR1', 'Bridge', 'ACTIVE', 'EUR', 123456, 'internal'),
  ('f0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'PR2', 'Aqueduct', 'COMPLETED', 'EUR', null, null);
insert into projects.ticket (id, client_id, project_id, number, title, status, worked_on, currency, internal_cost, internal_assignee_id, invoice_id, hours) values
  ('70000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'f0000000-0000-0000-0000-000000000001', 'T1', 'Survey', 'APPROVED', '2026-01-01', 'EUR', 5000, 'a0000000-0000-0000-0000-000000000003', null, 1.5),
  ('70000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'f0000000-0000-0000-0000-000000000001', 'T2', 'Draw', 'INVOICED', '2026-01-02', 'EUR', 6000, 'a0000000-0000-0000-0000-000000000003', 'd0000000-0000-0000-0000-000000000002', 2),
  ('70000000-0000-0000-0000-000000000003', 'c0000000-0000-0000-0000-000000000001', null, 'T3', 'Rejected', 'REJECTED', '2026-01-03', 'EUR', null, null, null, null),
  ('70000000-0000-0000-0000-000000000004', 'c0000000-0000-0000-0000-000000000002', null, 'T4', 'Other', 'APPROVED', '2026-01-03', 'EUR', null, null, null, null);
insert into calendar.event (id, client_id, project_id, kind, title, starts_at, ends_at, shared) values
  ('80000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', null, 'MEETING', 'Past', '2020-01-01T10:00Z', '2020-01-01T11:00Z', true),
  ('80000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'f0000000-0000-0000-0000-000000000001', 'MILESTONE', 'Running', now() - interval '1 hour', now() + interval '1 day', true),
  ('80000000-0000-0000-0000-000000000003', 'c0000000-0000-0000-0000-000000000001', 'f0000000-0000-0000-0000-000000000001', 'MILESTONE', 'Secret', now() + interval '1 day', now() + interval '2 days', false),
  ('80000000-0000-0000-0000-000000000004', 'c0000000-0000-0000-0000-000000000001', null, 'MEETING', 'Later', now() + interval '3 days', now() + interval '3 days', true),
  ('80000000-0000-0000-0000-000000000005', 'c0000000-0000-0000-0000-000000000002', null, 'MEETING', 'Other', now() + interval '3 days', now() + interval '3 days', true);
