'use strict';
const token = decodeURIComponent(location.pathname.split('/').pop());
const answer = document.getElementById('answer');

async function ask(query, input) {
  const response = await fetch(document.body.dataset.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'GraphQL-Preflight': '1' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  const refused = Object.values(data)[0].errors;
  if (refused) throw new Error(refused.map(e => e.message).join(' '));
}

function onSubmit(form, act, done) {
  form?.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    answer.classList.remove('bad');
    answer.textContent = 'One moment …';
    try {
      await act(form);
      // The link is used up: neither the address bar nor the history needs it any longer.
      history.replaceState(null, '', location.pathname.replace(/[^/]+$/, 'done'));
      form.hidden = true;
      answer.textContent = done;
    } catch (error) {
      answer.classList.add('bad');
      answer.textContent = error instanceof TypeError ? 'The portal cannot be reached. Check the connection and try again.' : error.message;
      button.disabled = false;
    }
  });
}

onSubmit(document.getElementById('reset'),
  form => ask('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { errors { ... on Error { message } } } }', { token, password: form.elements.password.value }),
  'The password is set, and you are signed in.');
onSubmit(document.getElementById('confirm'),
  () => ask('mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { errors { ... on Error { message } } } }', { token }),
  'The address is confirmed. Sign in with it from now on.');
