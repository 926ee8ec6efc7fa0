import { TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/portal';
import { Form, sent } from '@/ui/Form';
import { PublicPage } from '@/ui/PublicPage';
import { t } from './texts';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      accepted
    }
  }
`);

export function ForgotPassword() {
  const [sentTo, setSentTo] = useState<string>();
  const [, request] = useMutation(RequestPasswordReset);
  if (sentTo) {
    return (
      <PublicPage title={t.linkSent}>
        <p role="status">{t.linkSentHint(sentTo)}</p>
        <p style={{ marginTop: 'var(--gap-l)' }}>
          <Link to="/sign-in">{t.backToSignIn}</Link>
        </p>
      </PublicPage>
    );
  }
  return (
    <PublicPage title={t.forgotTitle}>
      <p style={{ marginBottom: 'var(--gap-m)' }}>{t.forgotHint}</p>
      <Form
        submit={t.sendLink}
        beside={<Link to="/sign-in">{t.backToSignIn}</Link>}
        onSubmit={async ({ email = '' }) => {
          await sent(request({ input: { email } }));
          setSentTo(email);
          return null;
        }}
      >
        {() => <TextInput name="email" type="email" label={t.email} autoComplete="username" size="md" autoFocus />}
      </Form>
    </PublicPage>
  );
}
