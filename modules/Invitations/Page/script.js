'use strict';
const endpoint = document.body.dataset.endpoint;
const token = decodeURIComponent(location.pathname.split('/').pop());
const answer = document.getElementById('answer');

async function ask(query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'GraphQL-Preflight': '1' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

function say(text, bad = false) {
  answer.textContent = text;
  answer.classList.toggle('bad', bad);
}

function onSubmit(form, act) {
  form?.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    say('One moment …');
    try {
      await act();
    } catch (error) {
      say(error instanceof TypeError ? 'The portal cannot be reached. Check the connection and try again.' : error.message, true);
    } finally {
      button.disabled = false;
    }
  });
}

const accept = document.getElementById('accept');
onSubmit(accept, async () => {
  const input = { token, name: accept.elements.name?.value || null, password: accept.elements.password.value };
  const { acceptInvitation: { membership, errors } } = await ask(
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { membership { clientName } errors { ... on Error { message } } } }', { input });
  if (errors) throw new Error(errors.map(e => e.message).join(' '));
  // The link is used up: neither the address bar nor the history needs it any longer.
  history.replaceState(null, '', location.pathname.replace(/[^/]+$/, 'accepted'));
  document.getElementById('invitation').hidden = true;
  document.querySelector('h1').textContent = `Welcome to the portal of ${membership.clientName}`;
  say('You are signed in.');
  await showFigures();
});

async function showFigures() {
  const { portal: { dashboard } } = await ask('{ portal { dashboard { outstandingBalance { amount currency } paidInvoices overdueInvoices pendingTickets activeProjects } } }');
  const money = dashboard.outstandingBalance.map(m => new Intl.NumberFormat(undefined, { style: 'currency', currency: m.currency }).format(m.amount));
  const figures = document.getElementById('figures');
  for (const [name, value] of [
    ['Outstanding balance', money.join(' + ') || '0'],
    ['Paid invoices', dashboard.paidInvoices],
    ['Overdue invoices', dashboard.overdueInvoices],
    ['Pending tickets', dashboard.pendingTickets],
    ['Active projects', dashboard.activeProjects],
  ]) {
    figures.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: value }));
  }
  figures.hidden = false;
}

const renew = document.getElementById('renew');
onSubmit(renew, async () => {
  await ask('mutation ($input: RequestNewInvitationInput!) { requestNewInvitation(input: $input) { accepted } }', { input: { token } });
  renew.hidden = true;
  say('If this link was yours and has expired, a new one is on its way to the address that it was sent to. It can take a few minutes.');
});
