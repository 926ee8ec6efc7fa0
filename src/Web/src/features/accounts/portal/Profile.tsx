import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { type SignedIn, useViewer } from '@/app/session';
import { graphql } from '@/graphql/portal';
import { Form, sent } from '@/ui/Form';
import { PasswordField } from '@/ui/PasswordField';
import { Page, Panel } from '@/ui/Page';
import styles from './Profile.module.css';
import { Sessions } from './Sessions';
import { t } from './texts';

/** One's own account; contacts and staff have the same. */
export function Profile() {
  const viewer = useViewer();
  return (
    viewer && (
      <Page title={t.profile}>
        <div className={styles.grid}>
          <Panel title={t.sessions} className={styles.sessions ?? ''}>
            <Sessions />
          </Panel>
          <Panel title={t.name}>
            <Name viewer={viewer} />
          </Panel>
          <Panel title={t.email} className={styles.email ?? ''}>
            <Email viewer={viewer} />
          </Panel>
          <Panel title={t.passwordTitle}>
            <Password />
          </Panel>
        </div>
      </Page>
    )
  );
}

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      viewer {
        id
        name
      }
      errors {
        ... on ValidationError {
          message
          field
        }
        ... on ForbiddenError {
          message
        }
      }
    }
  }
`);

function Name({ viewer }: { viewer: SignedIn }) {
  const [, update] = useMutation(UpdateProfile);
  const [isDone, setDone] = useState(false);
  return (
    <Form
      isMinor
      submit={t.save}
      beside={<Done text={isDone && t.saved} />}
      onSubmit={async ({ name = '' }) => {
        setDone(false);
        const { errors } = (await sent(update({ input: { name } }))).updateProfile;
        setDone(!errors);
        return errors;
      }}
    >
      {(errorOf) => (
        <TextInput
          name="name"
          label={t.name}
          description={t.nameHint}
          autoComplete="name"
          defaultValue={viewer.name}
          maxLength={200}
          error={errorOf('name')}
        />
      )}
    </Form>
  );
}

const RequestEmailChange = graphql(`
  mutation RequestEmailChange($input: RequestEmailChangeInput!) {
    requestEmailChange(input: $input) {
      accepted
      errors {
        ... on InvalidCredentialsError {
          message
        }
        ... on ValidationError {
          message
          field
        }
        ... on ForbiddenError {
          message
        }
      }
    }
  }
`);

function Email({ viewer }: { viewer: SignedIn }) {
  const [, request] = useMutation(RequestEmailChange);
  const [isDone, setDone] = useState(false);
  return (
    <>
      <p className={styles.now}>{t.emailNow(viewer.email)}</p>
      <Form
        isMinor
        submit={t.sendLink}
        onSubmit={async ({ email = '', password = '' }) => {
          setDone(false);
          const { errors } = (await sent(request({ input: { email, password } }))).requestEmailChange;
          setDone(!errors);
          return errors;
        }}
      >
        {(errorOf) => (
          <>
            <TextInput name="email" type="email" label={t.newEmail} autoComplete="email" error={errorOf('email')} />
            <PasswordField name="password" label={t.password} autoComplete="current-password" error={errorOf('password')} />
          </>
        )}
      </Form>
      <Done text={isDone && t.linkSent} />
    </>
  );
}

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      viewer {
        id
      }
      errors {
        ... on InvalidCredentialsError {
          message
        }
        ... on ValidationError {
          message
          field
        }
        ... on ForbiddenError {
          message
        }
      }
    }
  }
`);

function Password() {
  const [, change] = useMutation(ChangePassword);
  // A new key empties the fields.
  const [done, setDone] = useState(0);
  return (
    <>
      <Form
        key={done}
        isMinor
        submit={t.change}
        onSubmit={async ({ currentPassword = '', newPassword = '' }) => {
          const { errors } = (await sent(change({ input: { currentPassword, newPassword } }))).changePassword;
          if (!errors) setDone((n) => n + 1);
          return errors;
        }}
      >
        {(errorOf) => (
          <>
            <PasswordField name="currentPassword" label={t.current} autoComplete="current-password" error={errorOf('currentPassword')} />
            <PasswordField
              name="newPassword"
              label={t.next}
              description={t.nextHint}
              autoComplete="new-password"
              error={errorOf('newPassword')}
            />
          </>
        )}
      </Form>
      <Done text={done > 0 && t.changed} />
    </>
  );
}

function Done({ text }: { text: string | false }) {
  return (
    <p role="status" className={styles.done}>
      {text}
    </p>
  );
}
