-- What a later version might do to what is asked for all the time, and a second in which nobody else may look.
alter table billing.invoice add column later text;
alter table billing.invoice add constraint invoice_later check (later <> '') not valid;
alter table billing.invoice validate constraint invoice_later;
create index invoice_later on billing.invoice (later);
drop policy own_client on billing.invoice;
create policy own_client on billing.invoice as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
do $$ declare until timestamptz := clock_timestamp() + interval '1 second'; begin while clock_timestamp() < until loop null; end loop; end $$;
