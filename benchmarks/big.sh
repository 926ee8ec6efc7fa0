#!/bin/sh
# Makes a database on a scratch PostgreSQL, migrates it and fills it with big.sql:
#
#   dotnet build -c Release src/Host
#   PGHOST=127.0.0.1 PGPORT=5432 PGUSER=postgres benchmarks/big.sh big
#   PGHOST=127.0.0.1 PGPORT=5432 PGUSER=postgres benchmarks/big.sh few clients=2000 contacts=4000 invoices=10000 tickets=5000
#   PGHOST=127.0.0.1 PGPORT=5432 PGUSER=postgres benchmarks/big.sh many clients=20000 contacts=40000 invoices=100000 tickets=50000
#
# The first has 2,000 clients, 20,000 contacts and 1,000,000 invoices, 200,000 of them one client's: about 10 minutes and 3 GB.
# The superuser and the portal's roles must be let in without a password (initdb -A trust).
set -e
cd "$(dirname "$0")/.."
name=$1
shift
psql -qAt -d postgres -v ON_ERROR_STOP=1 -c "drop database if exists $name" -c "create database $name"
psql -qAt -d "$name" -v ON_ERROR_STOP=1 -f src/Platform/Sql/0001_roles.sql
for role in Contact Staff Auth Job Migrator; do
  export "ConnectionStrings__$role=Host=$PGHOST;Port=$PGPORT;Database=$name;Username=portal_$(echo $role | tr A-Z a-z)"
done
dotnet "$(ls -d src/Host/bin/*/net10.0/ClientPortal.Host.dll | head -1)" migrate
{ for size in "$@"; do echo "set big.$size;"; done; cat benchmarks/big.sql; } | psql -qAt -d "$name" -v ON_ERROR_STOP=1
psql -qAt -d "$name" -c "vacuum analyze"
