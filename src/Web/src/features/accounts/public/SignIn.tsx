import { TextInput } from '@mantine/core';
import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { moment } from '@/app/formats';
import { restartSession, useSession, useViewer } from '@/app/session';
import { graphql } from '@/graphql/portal';
import { Form, sent } from '@/ui/Form';
import { PasswordField } from '@/ui/PasswordField';
import { PublicPage } from '@/ui/PublicPage';
import { t } from './texts';

const SignInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer {
        id
      }
      errors {
        ... on InvalidCredentialsError {
          message
          retryAt
        }
      }
    }
  }
`);

export function SignIn() {
  const { next } = useSearch({ from: '/sign-in' });
  const { ended } = useSession();
  const viewer = useViewer();
  const [, signIn] = useMutation(SignInMutation);
  if (viewer) {
    return <Navigate to={next ?? (viewer.memberType === 'STAFF' ? '/console' : '/')} replace />;
  }
  return (
    <PublicPage title={t.signIn}>
      {ended && (
        <p role="status" style={{ marginBottom: 'var(--gap-m)' }}>
          {t.ended}
        </p>
      )}
      <Form
        submit={t.signIn}
        beside={<Link to="/forgot-password">{t.forgot}</Link>}
        onSubmit={async ({ email = '', password = '' }) => {
          const { errors } = (await sent(signIn({ input: { email, password } }))).signIn;
          if (!errors) restartSession();
          return errors?.map((e) => ({
            message: e.retryAt ? `${e.message} ${t.retryAt(moment(e.retryAt, undefined, { timeStyle: 'short' }))}` : e.message,
          }));
        }}
      >
        {() => (
          <>
            <TextInput name="email" type="email" label={t.email} autoComplete="username" size="md" autoFocus />
            <PasswordField name="password" label={t.password} autoComplete="current-password" size="md" />
          </>
        )}
      </Form>
    </PublicPage>
  );
}
