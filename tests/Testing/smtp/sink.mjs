// A mail server that keeps nothing and says everything: one JSON line for each mail it was given.
// The first line is {"port": N}. It ends when its standard input does, so it never outlives its test run.
// Recipients choose how they are treated: refuse@… gets 550, defer@… gets 451, whatever stands behind the first word.
//
// Arguments: --brief tells times, envelope and Message-ID only (for load); --tls FOLDER offers STARTTLS with FOLDER/key.pem and
// FOLDER/cert.pem, --tls-only FOLDER begins with TLS; --auth USER:PASSWORD lets nobody else in, --auth-by MECHANISM by no other
// way; --ascii does not offer SMTPUTF8.
// A line on standard input, {"late": MS, "hold": true, "sender": CODE, "busy": P, "bad": P, "drop": P, "never": P, "dropEarly": P}, sets how the
// server misbehaves from then on: answers that much later, or not before a line without "hold"; refuses every sender with CODE; with
// probability P answers 451 or 554 behind the text, drops the connection behind it, never answers, drops the connection before it.
// A line {"echo": N} is said again, behind the mails that came before it.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const { values: options } = parseArgs({ options: { brief: { type: 'boolean' }, tls: { type: 'string' }, 'tls-only': { type: 'string' }, auth: { type: 'string' }, 'auth-by': { type: 'string' }, ascii: { type: 'boolean' } } });
const say = (value) => process.stdout.write(JSON.stringify(value) + '\n');
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });
let faults = {};
let held = [];

const hangUp = (session) => {
  for (const connection of server.connections) if (connection.session.id === session.id) connection._socket.destroy();
};

// One throw of the die for all faults, so that their probabilities add up.
const misfortune = (...kinds) => {
  let die = Math.random();
  return kinds.find((kind) => (die -= faults[kind] ?? 0) < 0);
};

const certificates = options.tls ?? options['tls-only'];
const server = new SMTPServer({
  ...(certificates && { key: readFileSync(`${certificates}/key.pem`), cert: readFileSync(`${certificates}/cert.pem`) }),
  secure: 'tls-only' in options,
  ...(options['auth-by'] && { authMethods: [options['auth-by']] }),
  authOptional: !options.auth,
  disabledCommands: options.tls ? [] : ['STARTTLS'],
  allowInsecureAuth: true,
  hideSMTPUTF8: options.ascii,
  logger: false,
  onAuth(auth, session, done) {
    const [user, password] = options.auth?.split(':') ?? [];
    const known = !options.auth || (auth.username === user && (auth.method === 'CRAM-MD5' ? auth.validatePassword(password) : auth.password === password));
    return known ? done(null, { user: auth.username }) : done(refusal(535, '5.7.8 Authentication failed'));
  },
  onMailFrom(address, session, done) {
    session.startedAt = Date.now();
    if (faults.sender) return done(refusal(faults.sender, '5.7.1 Not your address'));
    if (misfortune('dropEarly')) return hangUp(session);
    done();
  },
  onRcptTo({ address }, session, done) {
    if (/^refuse\b/i.test(address)) return done(refusal(550, '5.1.1 No such mailbox'));
    if (/^defer\b/i.test(address)) return done(refusal(451, '4.3.0 Try again later'));
    done();
  },
  async onData(stream, session, done) {
    const chunks = [];
    try {
      for await (const chunk of stream) chunks.push(chunk);
    } catch {
      return; // broke off before the end: not a mail
    }
    const receivedAt = Date.now(); // before parsing: the moment on the wire
    const fault = misfortune('busy', 'bad', 'drop', 'never');
    const raw = Buffer.concat(chunks);
    const mail = options.brief ? { messageId: /^Message-ID: *(\S+)/im.exec(raw)?.[1] } : await simpleParser(raw);
    say({
      startedAt: session.startedAt,
      receivedAt,
      from: session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map(({ address }) => address),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      text: mail.text ?? '',
      html: mail.html || '',
      mailboxes: [mail.from, mail.to].flatMap((header) => header?.value ?? []).map(({ name, address }) => `${name} <${address}>`),
      raw: options.brief ? '' : raw.toString('latin1'),
      secure: session.secure,
      user: session.user || null,
      fault: fault ?? null,
    });
    const answer = {
      busy: () => done(refusal(451, '4.3.0 Try again later')),
      bad: () => done(refusal(554, '5.6.0 Not wanted')),
      drop: () => hangUp(session),
      never: () => {},
    }[fault] ?? (() => done());
    if (faults.hold) held.push(answer);
    else setTimeout(answer, faults.late ?? 0);
  },
});
server.on('error', () => {}); // a client that hangs up in the middle
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
const told = (line) => {
  const value = JSON.parse(line);
  if ('echo' in value) return say(value);
  faults = value;
  if (!faults.hold) for (const answer of held.splice(0)) answer();
};
createInterface({ input: process.stdin }).on('line', told).on('close', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
