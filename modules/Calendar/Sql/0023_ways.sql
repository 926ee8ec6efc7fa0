-- Clients/Sql/0023_all_but.sql says what it asks.
drop policy not_withheld on calendar.event;
drop policy entitled on calendar.event;
create policy entitled on calendar.event for select to portal_contact using (
  id <> all ((select ctx.all_but('EVENT'))::uuid[])
  or id <> all ((select ctx.withheld('EVENT'))::uuid[]) and (
    id = any ((select ctx.granted('EVENT'))::uuid[])
    or exists (select from clients.addressee a where a.contact_id = (select ctx.addressed('EVENT')) and a.kind = 'EVENT' and a.record_id = event.id)));

-- No policy uses it any more.
set role portal_ctx;
drop function ctx.level(text);
set role portal_owner;
