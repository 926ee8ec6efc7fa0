-- A token is one session's. Without this, the planner expects a thousand rows, and joined with memberships a million, for
-- which it compiles machine code on every request.
set role portal_door;
alter function accounts.who(text) rows 1;
set role portal_owner;
