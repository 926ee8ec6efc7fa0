#!/bin/sh
# Runs once, when the database's volume is empty, as the superuser: roles, then their passwords from the environment.
# The passwords reach psql as variables, so they are quoted by psql and stand in no command line.
set -eu
psql -v ON_ERROR_STOP=1 --single-transaction --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -f /portal/0001_roles.sql
psql -v ON_ERROR_STOP=1 --single-transaction --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv contact PORTAL_CONTACT_PASSWORD
\getenv staff PORTAL_STAFF_PASSWORD
\getenv auth PORTAL_AUTH_PASSWORD
\getenv job PORTAL_JOB_PASSWORD
\getenv migrator PORTAL_MIGRATOR_PASSWORD
set local log_min_error_statement = panic;
alter role portal_contact password :'contact';
alter role portal_staff password :'staff';
alter role portal_auth password :'auth';
alter role portal_job password :'job';
alter role portal_migrator password :'migrator';
SQL
