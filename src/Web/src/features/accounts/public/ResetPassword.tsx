import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { moment } from '@/app/formats';
import { forgetLink, linkToken } from '@/app/link';
import { restartSession } from '@/app/session';
import { graphql } from '@/graphql/portal';
import { Form, sent } from '@/ui/Form';
import { PasswordField } from '@/ui/PasswordField';
import { OpenedLink } from './OpenedLink';
import { t } from './texts';

const ResetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      viewer {
        id
        memberType
      }
      errors {
        ... on LinkError {
          message
        }
        ... on ValidationError {
          message
          field
        }
      }
    }
  }
`);

export function ResetPassword() {
  const [token] = useState(() => linkToken('reset'));
  const [, reset] = useMutation(ResetPasswordMutation);
  const navigate = useNavigate();
  return (
    <OpenedLink token={token} title={t.resetTitle} setsPassword>
      {(link) => (
        <>
          <p style={{ marginBottom: 'var(--gap-m)' }}>{t.hello(link.name)}</p>
          <Form
            submit={t.setPassword}
            onSubmit={async ({ password = '' }) => {
              const { viewer, errors } = (await sent(reset({ input: { token, password } }))).resetPassword;
              if (viewer) {
                forgetLink('reset');
                restartSession();
                navigate({ to: viewer.memberType === 'STAFF' ? '/console' : '/', replace: true });
              }
              return errors;
            }}
          >
            {(errorOf) => (
              <>
                <TextInput type="email" label={t.email} autoComplete="username" size="md" value={link.email} readOnly />
                <PasswordField
                  name="password"
                  label={t.newPassword}
                  description={t.passwordHint}
                  autoComplete="new-password"
                  size="md"
                  error={errorOf('password')}
                />
              </>
            )}
          </Form>
          <p className="quiet" style={{ marginTop: 'var(--gap-m)' }}>
            {t.worksUntil(moment(link.expiresAt))}
          </p>
        </>
      )}
    </OpenedLink>
  );
}
