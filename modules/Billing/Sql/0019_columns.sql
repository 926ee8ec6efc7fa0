-- Contacts read columns, never a table whole: a column that comes later is not theirs by itself, and neither are ctid and xmin,
-- which tell how much of others' lies between one's own rows and when it was written.
revoke select on billing.invoice_line, billing.payment from portal_contact;
grant select (client_id, invoice_id, position, description, quantity, unit_price, tax_rate, amount) on billing.invoice_line to portal_contact;
grant select (id, client_id, invoice_id, number, received_on, amount, method) on billing.payment to portal_contact;
