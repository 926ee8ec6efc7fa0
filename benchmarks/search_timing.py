"""Can a contact tell by the time of an answer that a word stands in somebody else's records (ISO-13)?

Asks a running host with demo data, as a contact is shown to staff, 500 times each and in random order for a word that only
other clients' invoices hold and for one that nobody's does, and prints the two-sample Kolmogorov-Smirnov test of the times.

    python3 benchmarks/search_timing.py http://localhost:5080 staff@example.com 'the password' [n]
"""
import json, math, random, sys, time, urllib.request

url, email, password = sys.argv[1:4]
n = int(sys.argv[4]) if len(sys.argv) > 4 else 500


def ask(query, variables=None, token=None):
    request = urllib.request.Request(url + '/graphql', json.dumps({'query': query, 'variables': variables}).encode(), {'content-type': 'application/json', **({'authorization': 'Bearer ' + token} if token else {})})
    return json.load(urllib.request.urlopen(request))['data']


token = ask('mutation($e: String!, $p: String!) { signIn(input: { email: $e, password: $p }) { token } }', {'e': email, 'p': password})['signIn']['token']
client = ask('{ clients(filter: { search: "C-00003" }) { nodes { id contacts { nodes { id } } } } }', None, token)['clients']['nodes'][0]
search = 'query($client: ID!, $contact: ID!, $text: String!) { node(id: $client) { ... on Client { portalAs(contactId: $contact) { invoices(filter: { search: $text }) { totalCount nodes { id } } } } } }'
words = {'INV-00002': [], 'XYZ-99999': []}
for i in range(20 + 2 * n):
    word = min(words, key=lambda w: (len(words[w]), random.random())) if i >= 20 else random.choice(list(words))
    begun = time.perf_counter()
    found = ask(search, {'client': client['id'], 'contact': client['contacts']['nodes'][0]['id'], 'text': word}, token)
    took = time.perf_counter() - begun
    assert found['node']['portalAs']['invoices'] == {'totalCount': 0, 'nodes': []}
    if i >= 20:  # the first are for warming up
        words[word].append(took)

a, b = (sorted(times) for times in words.values())
d = max(abs(sum(x <= t for x in a) / n - sum(x <= t for x in b) / n) for t in a + b)
root = math.sqrt(n / 2)
p = min(1, 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * ((root + 0.12 + 0.11 / root) * d) ** 2) for k in range(1, 101)))
print(f'medians {a[n // 2] * 1000:.2f} and {b[n // 2] * 1000:.2f} ms, n = {n} each, D = {d:.3f}, p = {p:.3f}: {"cannot be told apart" if p > 0.01 else "CAN BE TOLD APART"}')
