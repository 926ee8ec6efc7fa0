-- Staff who may invite see what was sent, is to be sent, or was given up; never what a mail says, for its link lets people in.
grant select (id, recipient_key, to_address, subject, state, waits_for, not_before, attempts, last_error, sent_at, created_at) on mail.outbox to portal_staff;
create policy staff_read on mail.outbox for select to portal_staff using ((select ctx.staff_can('CLIENTS_INVITE')));

-- The outbox as the API shows it.
create view mail.email with (security_invoker = true) as
  select id, to_address as recipient, recipient_key, subject, case state when 'SENDING' then 'QUEUED' else state end as state, attempts, last_error,
    case when state = 'QUEUED' then not_before at time zone 'UTC' end as not_before, sent_at at time zone 'UTC' as sent_at, created_at at time zone 'UTC' as created_at
  from mail.outbox;
grant select on mail.email to portal_staff;
