// Many who follow invitationStatusChanged on one host: from an event's commit to its receipt, and memory a subscriber (Linux, Node 20, psql).
//
//     dotnet build -c Release src/Host && dotnet build -c Release benchmarks
//     node benchmarks/subscribers.mjs 5000 [SESSIONS [burst]]
//
// Starts a host with an embedded database in a temporary folder, signs SESSIONS staff in (each subscriber its own, unless given),
// and opens the sockets, 20 at a time or (burst) all at once. Then 20 contacts are invited to warm up, and 20 measured, one a second: three events each, QUEUED, SENDING and SENT. An event carries
// the time of its commit by the same machine's clock. The host, PostgreSQL, this script and
// the program that holds the sockets (benchmarks/Followers.cs) share the machine.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const subscribers = Number(process.argv[2]);
const sessions = Number(process.argv[3] ?? subscribers);
const burst = process.argv[4] === 'burst';
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'portal-subscribers-'));
chmodSync(folder, 0o755); // PostgreSQL may run as another user
const port = await new Promise(done => { const free = net.createServer().listen(0, '127.0.0.1', () => { const { port } = free.address(); free.close(() => done(port)); }); });
const pause = ms => new Promise(done => setTimeout(done, ms));

const host = spawn('dotnet', [`${process.env.BENCH_HOST ?? `${root}/src/Host/bin/Release/net10.0`}/ClientPortal.Host.dll`, `--Portal:DataFolder=${folder}`, '--Portal:Demo=false', `--urls=http://localhost:${port}`, '--environment=Development'], { stdio: ['ignore', process.env.BENCH_LOG ? 'inherit' : 'ignore', 'inherit'] });
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${host.pid}/status`, 'utf8'))[1]);
const seconds = () => { const f = readFileSync(`/proc/${host.pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(f[11]) + Number(f[12])) / 100; };

function sql(text) {
  const { Superuser } = Object.fromEntries(Object.entries(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).map(([k, v]) => [k[0].toUpperCase() + k.slice(1), v]));
  const pg = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  const run = spawnSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', pg, '-U', 'postgres', 'portal'], { input: text, encoding: 'utf8', env: { ...process.env, PGPASSWORD: Superuser }, maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim();
}

// The sockets are another program's: receiving in this one would cost as much as sending does.
const client = spawn('dotnet', [`${root}/benchmarks/bin/Release/net10.0/ClientPortal.Benchmarks.dll`, 'follow', port], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
const command = (...words) => client.stdin.write(`${words.join(' ')}\n`);
async function answer(...words) {
  command(...words);
  const { value, done } = await answers.next();
  if (done) throw new Error('the client is gone');
  return JSON.parse(value);
}

const ask = (query, variables, secret) => fetch(`http://localhost:${port}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` }, body: JSON.stringify({ query, variables }) }).then(r => r.json());
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

try {
  while (!(await fetch(`http://localhost:${port}/healthz/ready`).then(r => r.ok, () => false))) await pause(200);
  const secrets = Array.from({ length: sessions }, () => randomBytes(32));
  const token = s => createHash('sha256').update('db').update(s).digest('hex');
  sql(`insert into accounts.person (id, member_type, name, email, email_key) select gen_random_uuid(), 'STAFF', 'Staff ' || n, 'staff' || n || '@bench.example', 'staff' || n || '@bench.example' from generate_series(1, ${sessions}) n;
    insert into accounts.staff_permission select id, 'CLIENTS_INVITE' from accounts.person where email_key like '%@bench.example';
    insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
      select gen_random_uuid(), sha256(convert_to(t.token, 'UTF8')), p.id, '1 day', now() + interval '1 day', now() + interval '1 day'
      from unnest(array[${secrets.map(s => `'${token(s)}'`)}]) with ordinality t (token, n) join accounts.person p on p.email_key = 'staff' || t.n || '@bench.example';
    insert into clients.client (id, number, name, currency) values ('00000000-0000-0000-0000-000000000001', 'B1', 'Bench', 'EUR');
    insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'Contact ' || n, x, x, x from generate_series(1, 45) n, lateral (select 'c' || n || '@bench.example' as x) y; analyze;`);
  const text = secrets.map(s => s.toString('base64url'));
  const contacts = (await ask('{ contacts(first: 45) { nodes { id } } }', {}, text[0])).data.contacts.nodes.map(c => c.id);
  const invite = n => ask('mutation ($i: InviteContactInput!) { inviteContact(input: $i) { errors { __typename } } }', { i: { contactId: contacts[n] } }, text[0]);
  let opened = 0;
  async function open(count, how = 'open') {
    const start = performance.now();
    const { followed, refused } = await answer(how, ...Array.from({ length: count }, () => text[opened++ % sessions]));
    return { followed, refused, seconds: (performance.now() - start) / 1000 };
  }

  await open(200); // warms up the path; they stay
  for (let n = 20; n < 25; n++) { await invite(n); await pause(500); }
  await pause(3000);
  const before = memory();
  const { followed, refused, seconds: took } = await open(subscribers, burst ? 'burst' : 'open');
  console.log(`${burst ? 'all at once' : '20 at a time'}: ${followed} follow after ${took.toFixed(1)} s; refused: ${JSON.stringify(refused)}`);
  await pause(20_000);
  const listening = memory();
  const idle = seconds();
  await pause(10_000);
  const idleShare = (seconds() - idle) / 10;
  for (let n = 25; n < 45; n++) { await invite(n); await pause(1000); } // the code that runs is compiled by now
  await pause(10_000);
  command('forget');
  const busy = seconds();
  for (let n = 0; n < 20; n++) { await invite(n); await pause(1000); }
  await pause(5000);
  const { events, received, median, most, slowest, micros, left } = await answer('report');
  console.log(`${followed} subscribers with ${sessions} sessions: ${((listening - before) / subscribers).toFixed(1)} KiB each (host ${(before / 1024).toFixed(0)} → ${(listening / 1024).toFixed(0)} MiB), idle ${(100 * idleShare).toFixed(0)} % of a core`);
  console.log(`${events} events, ${received} of ${events * followed} received; commit to receipt: median ${median.toFixed(0)} ms, 99% ${most.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms; left since they came: ${JSON.stringify(left)}`);
  console.log(`processor time a message: host ${(1e6 * (seconds() - busy) / received).toFixed(1)} us, client ${micros.toFixed(1)} us; load ${loadavg()[0].toFixed(1)}`);
} finally {
  client.stdin.end();
  host.kill('SIGINT');
  await new Promise(done => (host.exitCode === null ? host.on('exit', done) : done()));
  rmSync(folder, { recursive: true, force: true });
}
