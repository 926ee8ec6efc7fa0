// How long people wait for a page: from the start of the navigation until what they came for is there and can be used (Linux, Node 20, Chromium).
//
//     dotnet publish -c Release src/Host -o /tmp/portal && dotnet build tests/Web.Tests
//     node benchmarks/pages.mjs /tmp/portal/ClientPortal.Host.dll [RUNS]
//
// Starts a host with an embedded database and the demo data in a temporary folder, opens each kind five times to warm up, and measures RUNS visits of
// each kind, 10 unless given. Each is a browser context of its own, so nothing is cached: neither files nor data. Waited for are
//     the balance      a signed-in contact opens the portal: the outstanding balance is shown
//     the clients      signed-in staff open the console: the first row of the list is shown
//     the sign-in      whoever is not signed in opens the portal: the address can be typed
//     signed in        the button of the sign-in is pressed: the contact's balance is shown
// The moment is that of the frame after the text is in the page and the main thread is idle again (requestIdleCallback), by the page's
// own clock, whose zero is the start of the navigation. The browser, the host and PostgreSQL share the machine. The driver is the tests'.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [dll, count = '10'] = process.argv.slice(2);
const runs = Number(count);
const root = fileURLToPath(new URL('..', import.meta.url));
const driver = ['Debug', 'Release'].map((c) => `${root}tests/Web.Tests/bin/${c}/net10.0/.playwright/package`).find(existsSync);
if (!dll || !driver) {
  console.error('dotnet build tests/Web.Tests; node benchmarks/pages.mjs PUBLISHED/ClientPortal.Host.dll [RUNS]');
  process.exit(2);
}
const { chromium } = createRequire(import.meta.url)(driver);
const folder = mkdtempSync(join(tmpdir(), 'portal-pages-'));
chmodSync(folder, 0o755); // PostgreSQL may run as another user
const port = await new Promise((done) => { const free = net.createServer().listen(0, '127.0.0.1', () => { const { port } = free.address(); free.close(() => done(port)); }); });
const base = `http://localhost:${port}/`;
const password = 'four unrelated words here';

const host = spawn('dotnet', [dll, `--Portal:DataFolder=${folder}`, '--Portal:Demo=true', '--Portal:FirstStaff:Email=staff@example.com', `--Portal:FirstStaff:Password=${password}`, `--urls=${base}`, '--environment=Development'], { stdio: 'ignore' });
const browser = await chromium.launch({ executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
try {
  for (let ready = false; !ready; ) {
    await new Promise((done) => setTimeout(done, 250));
    ready = await fetch(`${base}healthz/ready`).then((a) => a.ok, () => false);
  }

  const ask = async (query, variables, token) =>
    (await (await fetch(`${base}graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }) })).json()).data;
  const signIn = async (email) => (await ask('mutation($i: SignInInput!) { signIn(input: $i) { token } }', { i: { email, password } })).signIn.token;
  const staff = await signIn('staff@example.com');
  const contact = (await ask('{ clients(first: 20, filter: { internal: false }) { nodes { name contacts { nodes { id email invitation { status } } } } } }', {}, staff))
    .clients.nodes.flatMap((c) => c.contacts.nodes).find((c) => c.email && c.invitation.status === 'NOT_INVITED');
  await ask('mutation($i: InviteContactInput!) { inviteContact(input: $i) { errors { __typename } } }', { i: { contactId: contact.id } }, staff);
  let token;
  while (!token) {
    await new Promise((done) => setTimeout(done, 250));
    token = /\/invitation\/([\w-]+)/.exec(await (await fetch(`${base}dev/mail`)).text())?.[1];
  }
  await ask('mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { token } }', { i: { token, password } });

  // When the text was there and the page could be used: by the page's own clock, from the start of the navigation.
  const seen = (selector) => new Promise((done) => {
    const look = () => (document.querySelector(selector)?.textContent ? requestIdleCallback(() => requestAnimationFrame(() => done(performance.now()))) : requestAnimationFrame(look));
    look();
  });
  const fill = async (page, email) => {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
  };
  const balance = 'main a[href*="status=open"] p';
  const clients = 'main tbody tr td';

  /** A new browser with the cookie of somebody signed in, and nothing else. */
  async function visit(email) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    if (email) {
      await context.request.post(`${base}graphql`, { headers: { 'GraphQL-Preflight': '1' }, data: { query: 'mutation($i: SignInInput!) { signIn(input: $i) { viewer { id } } }', variables: { i: { email, password } } } });
    }
    const page = await context.newPage();
    return { page, end: () => context.close() };
  }

  async function opened(email, path, selector) {
    const { page, end } = await visit(email);
    await page.goto(base + path, { waitUntil: 'commit' });
    const ms = await page.evaluate(seen, selector);
    await end();
    return ms;
  }

  async function signedIn() {
    const { page, end } = await visit();
    await page.goto(`${base}sign-in`);
    await fill(page, contact.email);
    const began = await page.evaluate(() => new Promise((done) => { addEventListener('submit', () => done(), { once: true, capture: true }); document.querySelector('button[type=submit]').click(); }).then(() => performance.now()));
    const ms = (await page.evaluate(seen, balance)) - began;
    await end();
    return ms;
  }

  const kinds = {
    'the balance': () => opened(contact.email, '', balance),
    'the clients': () => opened('staff@example.com', 'console', clients),
    'the sign-in': () => opened(null, '', 'form label'),
    'signed in': signedIn,
  };
  for (const measure of Object.values(kinds)) for (let i = 0; i < 5; i++) await measure();
  for (const [name, measure] of Object.entries(kinds)) {
    const ms = [];
    for (let i = 0; i < runs; i++) ms.push(await measure());
    ms.sort((a, b) => a - b);
    console.log(`${name.padEnd(12)} median ${Math.round((ms[(runs - 1) >> 1] + ms[runs >> 1]) / 2)} ms, worst ${Math.round(ms.at(-1))} ms, best ${Math.round(ms[0])} ms (n=${runs}, load ${loadavg()[0].toFixed(1)})`);
  }
} finally {
  await browser.close();
  host.kill('SIGINT');
  await new Promise((done) => (host.exitCode === null ? host.once('exit', done) : done()));
  rmSync(folder, { recursive: true, force: true });
}
