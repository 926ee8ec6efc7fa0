#!/usr/bin/env python3
"""Mail a second, from the outbox to a mail server, and who spends the processor's time (Linux, Node 20, PostgreSQL).

    dotnet build -c Release src/Host && npm ci --prefix tests/Testing/smtp
    python3 benchmarks/mail.py 10000 [HOSTS]

Imports that many contacts into a database of its own, starts HOSTS hosts (1) and the tests' SMTP server, invites everyone
with one inviteContacts, and reads the times at which the mails were complete on the wire. All of it shares the machine.
"""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

mails = int(sys.argv[1])
hosts = int(sys.argv[2]) if len(sys.argv) > 2 else 1
root = Path(__file__).resolve().parent.parent
program = root / "src/Host/bin/Release/net10.0/ClientPortal.Host.dll"
work = Path(tempfile.mkdtemp(prefix="clientportal-mail-", dir="/tmp"))
os.chmod(work, 0o711)
password = "orange kettle walks north"
HEADERS = {
    "invoices": "number,client_number,status,issued_on,due_on,currency,public_note,internal_note,addressees",
    "invoice_lines": "invoice_number,position,description,quantity,unit_price,tax_rate",
    "payments": "number,invoice_number,received_on,amount,method",
    "projects": "id,client_number,name,status,progress,starts_on,due_on,budget,internal_note",
    "tickets": "number,client_number,project,title,status,worked_on,hours,cost,invoice_number",
    "events": "client_number,project,kind,title,starts_at,ends_at,all_day,shared",
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def write_folder():
    folder = work / "import"
    folder.mkdir()
    clients = [f"C-{n:05}" for n in range(100)]
    (folder / "clients.csv").write_text("number,name,status,internal,currency\n" + "".join(f"{c},Client {c},active,false,EUR\n" for c in clients))
    (folder / "contacts.csv").write_text("client_number,name,email,job_title,invoices,tickets,projects,events,notify_invoices\n"
        + "".join(f"{clients[n % 100]},Contact {n},contact{n}@load.example,,all,all,all,all,false\n" for n in range(mails)))
    for name, header in HEADERS.items():
        (folder / f"{name}.csv").write_text(header + "\n")
    return folder


def ask(base, query, variables=None, token=None):
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{base}/graphql", json.dumps({"query": query, "variables": variables or {}}).encode(), headers)
    return json.loads(urllib.request.urlopen(request).read())["data"]


def ready(base):
    for _ in range(600):
        try:
            return urllib.request.urlopen(f"{base}/healthz/ready").status
        except OSError:
            time.sleep(0.1)
    sys.exit("the host did not become ready")


def seconds(pid):
    """A process's time, and that of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(f) for f in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    except FileNotFoundError:
        return 0


def postgres():
    parent = (work / "data/postgres/postmaster.pid").read_text().split("\n")[0]
    return [parent] + [p.name for p in Path("/proc").iterdir() if p.name.isdigit() and (p / "stat").exists() and (p / "stat").read_text().rsplit(")", 1)[1].split()[1] == parent]


sink = subprocess.Popen(["node", "sink.mjs", "--brief"], cwd=root / "tests/Testing/smtp", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
port = json.loads(sink.stdout.readline())["port"]
received = []
threading.Thread(target=lambda: [received.append(json.loads(line)) for line in sink.stdout], daemon=True).start()
settings = {
    "ASPNETCORE_ENVIRONMENT": "Production", "Portal__DataFolder": str(work / "data"), "Portal__PublicUrl": "https://portal.example.com", "Portal__Organisation": "Northwind",
    "Portal__FirstStaff__Email": "staff@example.com", "Portal__FirstStaff__Password": password, "Portal__FirstStaff__Name": "Staff",
    "Smtp__Host": "127.0.0.1", "Smtp__Port": str(port), "Smtp__Security": "none", "Smtp__From": "portal@example.com", "Logging__LogLevel__Default": "Warning",
}
environment = {k: v for k, v in os.environ.items() if "__" not in k} | settings
running = []
try:
    subprocess.run(["dotnet", program, "import", write_folder()], env=environment, check=True, stdout=subprocess.DEVNULL)
    for _ in range(hosts):
        base = f"http://localhost:{free_port()}"
        running.append(subprocess.Popen(["dotnet", program, f"--urls={base}"], env=environment, stdout=subprocess.DEVNULL))
        ready(base)
    token = ask(base, "mutation($i:SignInInput!){signIn(input:$i){token}}", {"i": {"email": "staff@example.com", "password": password}})["signIn"]["token"]

    pids = postgres()
    before = [sum(map(seconds, p)) for p in ([h.pid for h in running], pids, [sink.pid])]
    began = time.time()
    ask(base, "mutation($i:InviteContactsInput!){inviteContacts(input:$i){bulkInvitation{id}}}", {"i": {"all": True, "idempotencyKey": "load"}}, token)
    answered = time.time() - began
    while len(received) < mails and time.time() - began < 600:
        time.sleep(0.05)
    spent = [sum(map(seconds, p)) - b for p, b in zip(([h.pid for h in running], set(pids) | set(postgres()), [sink.pid]), before)]
    times = sorted(m["receivedAt"] for m in received)
    copies = len(received) - len({m["messageId"] for m in received})
    middle = times[len(times) // 10: -len(times) // 10]
    print(f"{len(received)} mails, {copies} of them copies; answered in {answered:.2f} s, the first after {times[0] / 1000 - began:.1f} s, the last after {times[-1] / 1000 - began:.1f} s: "
          f"{len(times) / (times[-1] / 1000 - began):.0f}/s in all, {1000 * len(middle) / (middle[-1] - middle[0]):.0f}/s in the middle 80 %")
    print("processor time a mail: " + ", ".join(f"{name} {1000 * s / len(times):.2f} ms" for name, s in zip(("hosts", "PostgreSQL", "SMTP server"), spent)))
    print(f"hosts' memory: {[int(next(l for l in Path(f'/proc/{h.pid}/status').read_text().splitlines() if l.startswith('VmRSS')).split()[1]) // 1024 for h in running]} MB; load {os.getloadavg()[0]:.1f}")
finally:
    for host in running:
        host.send_signal(signal.SIGINT)
    for host in running:
        host.wait(60)
    sink.stdin.close()
    subprocess.run(["rm", "-rf", work])
