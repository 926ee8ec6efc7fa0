-- Contacts read columns, never a table whole (Billing/Sql/0019_columns.sql says why).
revoke select on clients.addressee from portal_contact;
grant select (client_id, contact_id, kind, record_id, day) on clients.addressee to portal_contact;
