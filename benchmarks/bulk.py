#!/usr/bin/env python3
"""Inviting many on the whole host: how long until the answer, until every row is settled, until every mail has left; and the memory for it (Linux).

    dotnet build -c Release src/Host
    python3 benchmarks/bulk.py 50000 ids|all [--mails]

Imports that many contacts, each with an address of its own, into an embedded database in a temporary folder, and starts a host on it.
A hundred of them are invited first to warm up, then all in one call, by their ids or by `all`. Mails are kept in the
development mailbox; with --mails they are waited for as well.
The host, PostgreSQL and this script share the machine.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

count, how, wait_for_mails = int(sys.argv[1]), sys.argv[2], "--mails" in sys.argv
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
host = ["dotnet", f"{root}/src/Host/bin/Release/net10.0/ClientPortal.Host.dll"]
folder = tempfile.mkdtemp(prefix="portal-bulk-", dir="/tmp")
os.chmod(folder, 0o755)  # PostgreSQL may run as another user
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    base = f"http://localhost:{free.getsockname()[1]}"
settings = [f"--Portal:DataFolder={folder}/data", "--Portal:Demo=false", f"--urls={base}", "--environment=Development",
            "--Portal:FirstStaff:Email=staff@example.com", "--Portal:FirstStaff:Password=orange kettle walks north"]


def ask(query, variables=None, token=None):
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{base}/graphql", json.dumps({"query": query, "variables": variables or {}}).encode(), headers)
    answer = json.loads(urllib.request.urlopen(request).read())
    return answer["data"] if "errors" not in answer else sys.exit(str(answer["errors"]))


def write_data():
    os.mkdir(f"{folder}/csv")
    rows = {"clients": [f"B{n},Client {n},active,false,EUR" for n in range((count + 9) // 10)],
            "contacts": [f"B{n // 10},Contact {n},contact{n}@bulk.example,,all,all,all,all,false" for n in range(count)]}
    for kind in ["clients", "contacts", "invoices", "invoice_lines", "payments", "projects", "tickets", "events"]:
        with open(f"{root}/src/Host/Demo/{kind}.csv") as demo, open(f"{folder}/csv/{kind}.csv", "w") as file:
            file.write("\n".join([demo.readline().strip(), *rows.get(kind, [])]) + "\n")


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in status if line.startswith(("VmRSS", "VmHWM"))}


def read_ids(token):
    ids, after = [], None
    while True:
        page = ask("query($after:String){contacts(first:100,after:$after){pageInfo{hasNextPage endCursor}nodes{id}}}", {"after": after}, token)["contacts"]
        ids += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return ids


def invite(token, key, **which):
    started = time.monotonic()
    payload = ask("mutation($i:InviteContactsInput!){inviteContacts(input:$i){bulkInvitation{id total queued} errors{...on Error{code message}}}}",
                  {"i": {"idempotencyKey": key} | which}, token)["inviteContacts"]
    if payload["errors"]:
        sys.exit(str(payload["errors"]))
    return payload["bulkInvitation"], time.monotonic() - started


def settled(token):
    return sum(ask("{invitationSummary{invited onboarded}}", token=token)["invitationSummary"].values())


def follow(token, bulk, expected, pid):
    started, peak, rows = time.monotonic(), 0, None
    while True:
        peak = max(peak, memory(pid)["VmRSS"])
        if rows is None and settled(token) >= expected:
            rows = time.monotonic() - started
        state = ask("query($id:ID!){bulkInvitation(id:$id){state sent failed skipped}}", {"id": bulk["id"]}, token)["bulkInvitation"]
        if state["state"] == "DONE" or (rows is not None and not wait_for_mails):
            return rows, time.monotonic() - started if state["state"] == "DONE" else None, state, peak
        time.sleep(0.25)


write_data()
subprocess.run([*host, "import", f"{folder}/csv", *settings], check=True, stdout=subprocess.DEVNULL)
serving = subprocess.Popen([*host, *settings], stdout=subprocess.PIPE, text=True)
threading.Thread(target=lambda: [None for _ in serving.stdout], daemon=True).start()
try:
    while True:
        try:
            urllib.request.urlopen(f"{base}/healthz/ready")
            break
        except OSError:
            time.sleep(0.2)
    staff = ask("mutation($i:SignInInput!){signIn(input:$i){token}}", {"i": {"email": "staff@example.com", "password": "orange kettle walks north"}})["signIn"]["token"]
    contacts = read_ids(staff)
    first, _ = invite(staff, "warm up", contactIds=contacts[:100])
    follow(staff, first, 100, serving.pid)
    print(f"load {os.getloadavg()[0]:.1f}, host {memory(serving.pid)['VmRSS']:.0f} MB before")
    bulk, answered = invite(staff, "many", **({"all": True} if how == "all" else {"contactIds": contacts}))
    print(f"{how}: {bulk['total']} rows answered in {1000 * answered:.0f} ms, host {memory(serving.pid)['VmHWM']:.0f} MB at most")
    rows, mails, state, peak = follow(staff, bulk, count, serving.pid)
    print(f"rows settled after {rows:.1f} s" + (f", last mail after {mails:.0f} s, {state['sent'] / mails:.0f} mails a second" if mails else ""))
    print(f"host {peak:.0f} MB at most while it worked; load {os.getloadavg()[0]:.1f}")
finally:
    serving.send_signal(signal.SIGINT)
    serving.wait(30)
    shutil.rmtree(folder, ignore_errors=True)
