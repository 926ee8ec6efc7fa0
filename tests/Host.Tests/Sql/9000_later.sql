-- What a later version might do to what is asked for all the time.
alter table billing.invoice add column later text;
alter table billing.invoice add constraint invoice_later check (later <> '') not valid;
alter table billing.invoice validate constraint invoice_later;
create index invoice_later on billing.invoice (later);
drop policy own_client on billing.invoice;
-- Half done, nobody may see anybody else's: two seconds pass here, less than the hosts wait for a lock.
do $$ declare until timestamptz := clock_timestamp() + interval '2 seconds'; begin while clock_timestamp() < until loop null; end loop; end $$;
create policy own_client on billing.invoice as restrictive for select to portal_contact using (client_id = (select ctx.my_client()));
