-- One client whose records are as many and as plain as a portal usually has, one whose every text is an attack, and a third without anything.
-- :hash is a password's, :attack what is tried; $1 and the like would be positions, so both are put in as text.
insert into accounts.person (id, member_type, name, email, email_key, password_hash) values
  ('a0000000-0000-0000-0000-000000000001', 'CLIENT', 'Ada Lindqvist', 'ada@example.com', 'ada@example.com', :hash),
  ('a0000000-0000-0000-0000-000000000002', 'CLIENT', :attack, 'mallory@example.com', 'mallory@example.com', :hash),
  ('a0000000-0000-0000-0000-000000000003', 'CLIENT', 'Nora New', 'nora@example.com', 'nora@example.com', :hash);
insert into clients.client (id, number, name, currency) values
  ('c0000000-0000-0000-0000-000000000001', 'C-1', 'Meridian Studio', 'EUR'),
  ('c0000000-0000-0000-0000-000000000002', 'C-2', :attack, 'EUR'),
  ('c0000000-0000-0000-0000-000000000003', 'C-3', 'Quiet Harbour', 'EUR');
insert into clients.contact (id, client_id, name, email, sign_in_key, recipient_key) values
  ('b0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'Ada Lindqvist', 'ada@example.com', 'ada@example.com', 'ada@example.com'),
  ('b0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000002', :attack, 'mallory@example.com', 'mallory@example.com', 'mallory@example.com'),
  ('b0000000-0000-0000-0000-000000000003', 'c0000000-0000-0000-0000-000000000003', 'Nora New', 'nora@example.com', 'nora@example.com', 'nora@example.com'),
  ('b0000000-0000-0000-0000-000000000004', 'c0000000-0000-0000-0000-000000000003', 'Ada Lindqvist', 'ada@example.com', 'ada@example.com', 'ada@example.com'),
  ('b0000000-0000-0000-0000-000000000005', 'c0000000-0000-0000-0000-000000000001', 'Ivo Invited', 'ivo@example.com', 'ivo@example.com', 'ivo@example.com'),
  ('b0000000-0000-0000-0000-000000000006', 'c0000000-0000-0000-0000-000000000001', 'Eda Expired', 'eda@example.com', 'eda@example.com', 'eda@example.com');
insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at) values
  ('b0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000001', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000001', now()),
  ('b0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000002', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000002', now()),
  ('b0000000-0000-0000-0000-000000000003', 'c0000000-0000-0000-0000-000000000003', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000003', now()),
  ('b0000000-0000-0000-0000-000000000004', 'c0000000-0000-0000-0000-000000000003', 'ONBOARDED', 'a0000000-0000-0000-0000-000000000001', now());

insert into projects.project (id, client_id, code, name, description, status, progress, starts_on, due_on, currency)
  select ('f0000000-0000-0000-000' || c || '-00000000000' || n)::uuid, ('c0000000-0000-0000-0000-00000000000' || c)::uuid, 'P' || c || n,
    case c when 2 then :attack else (array['New harbour office', 'Web shop', 'Data migration'])[n] end, case c when 2 then :attack else 'Planned together in spring.' end,
    (array['ACTIVE', 'ON_HOLD', 'COMPLETED'])[n], (array[62, 20, 100])[n], '2026-02-01', '2026-12-15', 'EUR'
  from generate_series(1, 2) c, generate_series(1, 3) n;
insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax, public_note)
  select ('d0000000-0000-0000-000' || c || '-0000000000' || lpad(n::text, 2, '0'))::uuid, ('c0000000-0000-0000-0000-00000000000' || c)::uuid,
    case c when 2 then left('<b onclick=pwned()>' || n || '&lt;i', 60) else 'INV-2026-' || lpad(n::text, 3, '0') end, case when n = 25 then 'VOID' else 'ISSUED' end,
    today - 10 * n, today - 10 * n + 30, 'EUR', 100000 + 12345 * n, 19000 + 2346 * n, case c when 2 then :attack else 'Thank you.' end
  from generate_series(1, 2) c, generate_series(1, 25) n, (select (now() at time zone 'UTC')::date as today) t;
insert into billing.invoice_line (client_id, invoice_id, position, description, quantity, unit_price, tax_rate, amount)
  select client_id, id, p, case client_id when 'c0000000-0000-0000-0000-000000000002' then :attack else (array['Design', 'Site visit', 'Support'])[p] end, 1.5, 20000, 19, 30000
  from billing.invoice, generate_series(1, 3) p;
insert into billing.payment (id, client_id, invoice_id, number, received_on, amount, method)
  select gen_random_uuid(), client_id, id, 'PAY-' || row_number() over (order by id), current_date, subtotal + tax, case client_id when 'c0000000-0000-0000-0000-000000000002' then left(:attack, 60) else 'bank transfer' end
  from billing.invoice where right(id::text, 2) in ('09', '10', '11', '12', '13', '14', '15', '16');
insert into projects.ticket (id, client_id, project_id, number, title, description, status, worked_on, hours, currency, invoice_id)
  select gen_random_uuid(), p.client_id, p.id, p.code || '-T' || n, case p.client_id when 'c0000000-0000-0000-0000-000000000002' then :attack else 'Reviewed the plans, part ' || n end,
    case p.client_id when 'c0000000-0000-0000-0000-000000000002' then :attack end, case when n % 3 = 0 then 'INVOICED' else 'APPROVED' end, current_date - n, 1.25 * n, 'EUR',
    case when n % 3 = 0 then (select i.id from billing.invoice i where i.client_id = p.client_id order by i.id limit 1) end
  from projects.project p, generate_series(1, 8) n;
insert into calendar.event (id, client_id, project_id, kind, title, description, location, starts_at, ends_at, all_day, shared)
  select gen_random_uuid(), p.client_id, p.id, (array['MEETING', 'MILESTONE', 'DEADLINE', 'OTHER'])[1 + (n + 4) % 4],
    case p.client_id when 'c0000000-0000-0000-0000-000000000002' then :attack else (array['Site walk', 'Hand-over', 'Plans due', 'Summer party'])[1 + (n + 4) % 4] end,
    case p.client_id when 'c0000000-0000-0000-0000-000000000002' then :attack end, case p.client_id when 'c0000000-0000-0000-0000-000000000002' then :attack else 'Pier 3' end,
    now() + n * interval '3 days', now() + n * interval '3 days' + interval '1 hour', n % 4 = 2, true
  from projects.project p, generate_series(-2, 5) n;
