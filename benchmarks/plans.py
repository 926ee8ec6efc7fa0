#!/usr/bin/env python3
"""What PostgreSQL does for lists and dashboards, contact by contact, on databases of big.sh.

    PGHOST=127.0.0.1 PGPORT=5432 benchmarks/plans.py big            # one client with 200,000 invoices, at every level
    PGHOST=127.0.0.1 PGPORT=5432 benchmarks/plans.py few many       # ten times the clients, and the same contact

Each statement runs as the host's own role with a session, by the plan for any client (as a prepared statement does in the end), and
takes the way that the host takes at that level.
Shown are the shortest execution of 15 by EXPLAIN ANALYZE in milliseconds, and the pages read or found in memory.
"""
import json
import subprocess
import sys

RUNS = 15
INVOICES = "select * from billing.invoice_todayWAY i where i.client_id = $1 {} order by i.sorted_on desc, i.id desc limit 21"
STATEMENTS = [
    ("page of invoices", INVOICES.format("")),
    ("a further page", INVOICES.format("and (i.sorted_on, i.id) < (current_date - 1500, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)")),
    ("page of owed invoices", INVOICES.format("and i.owed and nullif(i.status = any ('{OVERDUE}'), false) is not null")),
    ("count of invoices", "select count(*) from billing.invoice_todayWAY i where i.client_id = $1"),
    ("page of tickets", "select t.id, t.title, t.status from projects.ticketWAY t where t.client_id = $1 order by t.sorted_on desc, t.id desc limit 21"),
    ("dashboard: invoices", "select * from billing.figuresWAY f where f.client_id = any (array[$1])"),
    ("dashboard: tickets", "select count(*) from projects.ticketWAY t where t.client_id = $1 and t.status = 'APPROVED' and t.invoice_id is null"),
    ("dashboard: projects", "select count(*) from projects.projectWAY p where p.client_id = $1 and p.status = 'ACTIVE'"),
    ("dashboard: events", "select e.id, e.title, e.starts_at from calendar.eventWAY e where e.client_id = $1 and e.ends_at > now() order by e.starts_at, e.id limit 5"),
]
STAFF_ALONE = [
    ("page of clients", "select * from clients.client c where $1 is not null order by c.name, c.id limit 21"),
    ("explainAccess", "select * from ctx.explain_access((select array_agg(c.id) from (select id from clients.contact where client_id = $1 limit 5) c), 'Invoice', (select id from billing.invoice where client_id = $1 limit 1))"),
]
# Contacts of the large client by what they may see, as big.sql gives it; 0 is staff.
LEVELS = [("ALL", 8), ("ALL, exceptions", 4), ("ADDRESSED", 9), ("ADDRESSED, exceptions", 5), ("NONE", 2), ("NONE, exceptions", 6), ("staff", 0)]
PICKING = {9, 5, 2, 6}


def psql(database, role, sql):
    return subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-U", role, "-d", database], input=sql, capture_output=True, text=True, check=True).stdout


def value(database, sql):
    return psql(database, "postgres", sql).strip()


def measure(database, contact, client, sql):
    sql = sql.replace("WAY", "_list" if contact in PICKING else "")
    role, token, identity = ("portal_contact", f"contact-{contact}", value(database, f"select id from clients.contact where email = '{contact}@big.example'")) if contact else ("portal_staff", "staff", "")
    out = psql(database, role, f"""
        begin; select ctx.ask('{token}', '{identity}') \\g /dev/null
        set local plan_cache_mode = force_generic_plan; prepare asked (uuid) as {sql};
        """ + f"explain (analyze, buffers, timing off, format json) execute asked ('{client}');\n" * RUNS)
    decoder, plans = json.JSONDecoder(), []
    while out.strip():
        plan, end = decoder.raw_decode(out.lstrip())
        plans.append(plan[0])
        out = out.lstrip()[end:]
    best = min(plans, key=lambda plan: plan["Execution Time"])
    return best["Execution Time"], best["Plan"]["Shared Hit Blocks"] + best["Plan"]["Shared Read Blocks"]


def table(columns, statements):
    print(" " * 24 + "".join(f"{name:>24s}" for name, _, _, _ in columns))
    for name, sql in statements:
        cells = (measure(database, contact, client, sql) for _, database, contact, client in columns)
        print(f"{name:24s}" + "".join(f"{ms:13.2f} ms {pages:7d}" for ms, pages in cells), flush=True)


if len(sys.argv) == 2:
    large = value(sys.argv[1], "select id from clients.client where number = 'BIG-1'")
    table([(name, sys.argv[1], contact, large) for name, contact in LEVELS], STATEMENTS)
else:
    one = [(database, value(database, "select client_id from clients.contact where email = '1000@big.example'")) for database in sys.argv[1:]]
    table([(f"{database}, contact", database, 1000, client) for database, client in one] + [(f"{database}, staff", database, 0, client) for database, client in one], STATEMENTS)
    table([(f"{database}, staff", database, 0, client) for database, client in one], STAFF_ALONE)
