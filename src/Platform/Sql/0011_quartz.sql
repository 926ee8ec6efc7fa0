-- What Quartz, which runs the clockwork, keeps between two ticks: which job is due when, and which host is at it. Its names and
-- types; its own scripts would make them with rights that no run-time role has. Nothing of the portal's business is in here.
create schema quartz;

create table quartz.job_details (
  sched_name text not null, job_name text not null, job_group text not null, description text, job_class_name text not null,
  is_durable boolean not null, is_nonconcurrent boolean not null, is_update_data boolean not null, requests_recovery boolean not null,
  job_data bytea,
  primary key (sched_name, job_name, job_group)
);
create table quartz.triggers (
  sched_name text not null, trigger_name text not null, trigger_group text not null, job_name text not null, job_group text not null,
  description text, next_fire_time bigint, prev_fire_time bigint, priority integer, trigger_state text not null, trigger_type text not null,
  start_time bigint not null, end_time bigint, calendar_name text, misfire_instr smallint, misfire_orig_fire_time bigint,
  execution_group varchar(200), preferred_node varchar(200), preferred_node_auto boolean not null default false, retry_policy varchar(250),
  retry_attempt integer, continues_trigger_name text, continues_trigger_group text, continuation_condition integer, overlap_policy integer,
  pause_reason varchar(250), paused_by varchar(200), paused_at bigint, misfire_threshold bigint, fixed_delay boolean, job_data bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, job_name, job_group) references quartz.job_details
);
create table quartz.simple_triggers (
  sched_name text not null, trigger_name text not null, trigger_group text not null, repeat_count bigint not null,
  repeat_interval bigint not null, times_triggered bigint not null,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);
create table quartz.cron_triggers (
  sched_name text not null, trigger_name text not null, trigger_group text not null, cron_expression text not null, time_zone_id text,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);
create table quartz.simprop_triggers (
  sched_name text not null, trigger_name text not null, trigger_group text not null, str_prop_1 text, str_prop_2 text, str_prop_3 text,
  int_prop_1 integer, int_prop_2 integer, long_prop_1 bigint, long_prop_2 bigint, dec_prop_1 numeric, dec_prop_2 numeric, bool_prop_1 boolean,
  bool_prop_2 boolean, time_zone_id text,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);
create table quartz.blob_triggers (
  sched_name text not null, trigger_name text not null, trigger_group text not null, blob_data bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);
create table quartz.calendars (
  sched_name text not null, calendar_name text not null, calendar bytea not null,
  primary key (sched_name, calendar_name)
);
create table quartz.paused_trigger_grps (
  sched_name text not null, trigger_group text not null, pause_reason varchar(250), paused_by varchar(200), paused_at bigint,
  primary key (sched_name, trigger_group)
);
create table quartz.paused_job_grps (
  sched_name text not null, job_group text not null, pause_reason varchar(250), paused_by varchar(200), paused_at bigint,
  primary key (sched_name, job_group)
);
create table quartz.fired_triggers (
  sched_name text not null, entry_id text not null, trigger_name text not null, trigger_group text not null, instance_name text not null,
  fired_time bigint not null, sched_time bigint not null, priority integer not null, state text not null, job_name text, job_group text,
  is_nonconcurrent boolean not null, requests_recovery boolean, execution_group varchar(200), progress integer, progress_message varchar(250),
  interrupt_requested_time bigint,
  primary key (sched_name, entry_id)
);
create table quartz.scheduler_state (
  sched_name text not null, instance_name text not null, last_checkin_time bigint not null, checkin_interval bigint not null,
  quartz_version varchar(20),
  primary key (sched_name, instance_name)
);
create table quartz.locks (
  sched_name text not null, lock_name text not null,
  primary key (sched_name, lock_name)
);

create index job_details_j_g_n on quartz.job_details (sched_name, job_group, job_name);
create index triggers_t_j on quartz.triggers (sched_name, job_name, job_group);
create index triggers_t_g_n on quartz.triggers (sched_name, trigger_group, trigger_name);
create index triggers_t_c on quartz.triggers (sched_name, calendar_name);
create index triggers_t_nft_st on quartz.triggers (sched_name, trigger_state, next_fire_time asc, priority desc, misfire_instr);
create index fired_triggers_ft_inst_job_req_rcvry on quartz.fired_triggers (sched_name, instance_name, requests_recovery);
create index fired_triggers_ft_j_g on quartz.fired_triggers (sched_name, job_name, job_group);
create index fired_triggers_ft_t_g on quartz.fired_triggers (sched_name, trigger_name, trigger_group);

-- The clock is portal_job's alone, all of it: hygiene H14 knows this schema, and H25 that nobody else gets in.
do $$
declare t regclass;
begin
  for t in select c.oid::regclass from pg_class c where c.relnamespace = 'quartz'::regnamespace and c.relkind = 'r' loop
    execute format('alter table %s enable row level security, force row level security', t);
    execute format('grant select, insert, update, delete on %s to portal_job', t);
    execute format('create policy clockwork on %s to portal_job using (true) with check (true)', t);
  end loop;
end $$;
grant usage on schema quartz to portal_job;
