// A mail server that keeps nothing and says everything: one JSON line for each mail it was given.
// The first line is {"port": N}. It ends when its standard input does, so it never outlives its test run.
// Recipients choose how they are treated: refuse@… gets 550, defer@… gets 451, whatever stands behind the first word.
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const say = (value) => process.stdout.write(JSON.stringify(value) + '\n');
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  logger: false,
  onAuth: (auth, session, done) => done(null, { user: auth.username }),
  onMailFrom(address, session, done) {
    session.startedAt = Date.now();
    done();
  },
  onRcptTo({ address }, session, done) {
    if (/^refuse\b/i.test(address)) return done(refusal(550, '5.1.1 No such mailbox'));
    if (/^defer\b/i.test(address)) return done(refusal(451, '4.3.0 Try again later'));
    done();
  },
  async onData(stream, session, done) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const receivedAt = Date.now(); // before parsing: the moment on the wire
    const raw = Buffer.concat(chunks);
    const mail = await simpleParser(raw);
    say({
      startedAt: session.startedAt,
      receivedAt,
      from: session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map(({ address }) => address),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      text: mail.text ?? '',
      html: mail.html || '',
      raw: raw.toString('latin1'),
    });
    done();
  },
});
server.on('error', () => {}); // a client that hangs up in the middle
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume().on('end', () => process.exit(0)).on('error', () => process.exit(0));
