export const en = {
  title: 'You are invited',
  invites: (who: string, client: string) =>
    `${who} invites you to the client portal of ${client}: invoices, approved work, projects and dates in one place.`,
  hello: (name: string) => `Hello ${name}.`,
  existing: 'You already have a sign-in for this address. Accept with its password.',
  fresh: 'Choose a password, and you are in. You sign in with your address and this password from then on.',
  email: 'E-mail address',
  name: 'Your name',
  password: 'Password',
  newPassword: 'Choose a password',
  passwordHint: 'At least 12 characters; a few unrelated words make a good one.',
  accept: 'Accept the invitation',
  worksUntil: (time: string) => `The link works once, until ${time}.`,
  signedInAs: (name: string) => `You are signed in as ${name} in this browser. Accepting signs you out of that.`,
  expired: 'This link has expired',
  expiredHint: (client: string) =>
    `The time to accept the invitation to the client portal of ${client} has run out. We can send a new link to the same address.`,
  invalid: 'This link is not valid',
  invalidHint: 'It may have been used already, taken back, or replaced by a newer one. Use the link in the newest mail.',
  askWhoInvited: 'If there is none, ask whoever invited you.',
  renew: 'Send me a new link',
  renewed: 'Look into your mailbox',
  renewedHint:
    'If this link was yours and has expired, a new one is on its way to the address that it was sent to. It can take a few minutes.',
  haveSignIn: 'I have a sign-in already',
};
