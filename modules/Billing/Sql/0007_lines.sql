-- Whose lines there are, for the comparison over all rows that the command check makes on request. It asks for every line of a
-- contact without naming an invoice: with the index that reads the client's lines, not the table (a minute a thousand contacts).
grant select (client_id, invoice_id, position) on billing.invoice_line to portal_ctx;
create policy ctx_reads on billing.invoice_line for select to portal_ctx using (true);
create index invoice_line_client on billing.invoice_line (client_id, invoice_id);
