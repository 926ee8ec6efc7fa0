-- The audit trail: who did what, when. Triggers write it in the transaction of the change itself, so nothing can forget to.
-- Names and settings only: never an address, a secret or the text of a note.
create schema audit;

create table audit.event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,                                     -- the person's name as it was then; System when nobody was signed in
  actor_person uuid,
  action text not null constraint event_action check (action ~ '^[A-Z]+(_[A-Z]+)*$'),
  subject_type text,                                       -- in the API
  subject_id uuid,
  client_id uuid,                                          -- whose client's; no foreign key, for the trail outlives its subjects
  summary text not null
);
create index event_subject on audit.event (subject_id, id desc);
create index event_action on audit.event (action, id desc);

alter table audit.event enable row level security, force row level security;

-- Append only, whoever asks, the tables' owner included.
create function audit.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the audit trail is only ever added to';
end $$;
create trigger append_only before update or delete or truncate on audit.event execute function audit.refuse();
