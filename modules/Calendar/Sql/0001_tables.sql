create schema calendar;

create table calendar.event (
  id uuid primary key,
  client_id uuid not null references clients.client,
  project_id uuid,
  kind text not null constraint event_kind check (kind in ('MEETING', 'MILESTONE', 'DEADLINE', 'OTHER')),
  title text not null constraint event_title_length check (length(title) between 1 and 300),
  description text,
  location text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  all_day boolean not null default false,
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  constraint event_of_client unique (client_id, id),
  constraint event_of_project foreign key (client_id, project_id) references projects.project (client_id, id),
  constraint event_ends_after_start check (ends_at >= starts_at)
);
create index event_start on calendar.event (client_id, starts_at, id);
create index event_project on calendar.event (project_id, starts_at, id) where project_id is not null;

alter table calendar.event enable row level security, force row level security;
