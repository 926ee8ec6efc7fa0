#!/usr/bin/env python3
"""Load on the whole host, and the processor time that the host itself spends on a request (Linux, with wrk).

    dotnet build -c Release src/Host
    dotnet src/Host/bin/Release/net10.0/ClientPortal.Host.dll --Portal:DataFolder=/tmp/load --urls=http://localhost:5181
    python3 benchmarks/load.py http://localhost:5181 STAFF_EMAIL STAFF_PASSWORD HOST_PID

Onboards one contact of the demo data through the development mailbox, then asks five documents over 8 connections:
30 s to warm up (the host compiles by profile) and 5 s measured for each. wrk, the host and PostgreSQL share the machine.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

base, email, password, pid = sys.argv[1:5]

DOCUMENTS = [
    ("__typename, nobody", "{__typename}", None),
    ("viewer", "{viewer{name}}", "staff"),
    ("20 clients", "{clients{nodes{id name number status}}}", "staff"),
    ("20 invoices with lines", "{portal{invoices{nodes{id number status total{amount currency} lines{description amount{amount}}}}}}", "contact"),
    ("dashboard", "{portal{dashboard{outstandingBalance{amount currency} paidInvoices overdueInvoices pendingTickets activeProjects nextEvents{title startsAt}}}}", "contact"),
]


def ask(query, variables=None, token=None):
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{base}/graphql", json.dumps({"query": query, "variables": variables or {}}).encode(), headers)
    return json.loads(urllib.request.urlopen(request).read())["data"]


def sign_in():
    return ask("mutation($i:SignInInput!){signIn(input:$i){token}}", {"i": {"email": email, "password": password}})["signIn"]["token"]


def onboard(staff):
    contacts = ask("{contacts(first:100,filter:{search:\"contact0@\",status:NOT_INVITED}){nodes{id email client{internal status}}}}", token=staff)["contacts"]["nodes"]
    contact = next(c for c in contacts if not c["client"]["internal"] and c["client"]["status"] == "ACTIVE")
    ask("mutation($i:InviteContactInput!){inviteContact(input:$i){errors{__typename}}}", {"i": {"contactId": contact["id"]}}, staff)
    for _ in range(100):
        mails = json.load(urllib.request.urlopen(f"{base}/dev/mail.json"))
        links = [m["links"][0] for m in mails if contact["email"] in str(m["to"])]
        if links:
            token = links[0].split("/invitation/")[1]
            return ask("mutation($i:AcceptInvitationInput!){acceptInvitation(input:$i){token}}",
                       {"i": {"token": token, "password": "orange kettle walks north"}})["acceptInvitation"]["token"]
        time.sleep(0.1)
    sys.exit("the invitation mail did not come")


def processor_seconds():
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wrk(script, seconds):
    return subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "-s", script, f"{base}/graphql"], capture_output=True, text=True, check=True).stdout


staff = sign_in()
tokens = {"staff": staff, "contact": onboard(staff)}
for name, document, who in DOCUMENTS:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f'wrk.method = "POST"\nwrk.body = [[{json.dumps({"query": document})}]]\nwrk.headers["content-type"] = "application/json"\n')
        if who:
            script.write(f'wrk.headers["authorization"] = "Bearer {tokens[who]}"\n')
        script.flush()
        wrk(script.name, 30)
        before = processor_seconds()
        report = wrk(script.name, 5)
        spent = processor_seconds() - before
    requests = int(re.search(r"(\d+) requests in", report)[1])
    slowest = re.search(r"99%\s+(\S+)", report)[1]
    print(f"{name:24s} {requests / 5:8.0f}/s   host {1e6 * spent / requests:6.0f} us a request   99% in {slowest}", flush=True)
