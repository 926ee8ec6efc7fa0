import { TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { moment } from '@/app/formats';
import { forgetLink, linkToken } from '@/app/link';
import { restartSession, useViewer } from '@/app/session';
import { settings } from '@/app/settings';
import { graphql } from '@/graphql/portal';
import type { InvitationQuery } from '@/graphql/portal/graphql';
import { Form, sent } from '@/ui/Form';
import { Loaded } from '@/ui/Loaded';
import { PasswordField } from '@/ui/PasswordField';
import { PublicPage } from '@/ui/PublicPage';
import styles from './Invitation.module.css';
import { t } from './texts';

const InvitationPage = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      state
      contactName
      clientName
      email
      expiresAt
      existingAccount
      invitedBy
    }
  }
`);

export function Invitation() {
  const [token] = useState(() => linkToken('invitation'));
  const [query, ask] = useQuery({ query: InvitationPage, variables: { token } });
  const [isRenewed, setRenewed] = useState(false);
  const invitation = query.data?.invitation;
  if (isRenewed) {
    return (
      <PublicPage title={t.renewed}>
        <p role="status">{t.renewedHint}</p>
      </PublicPage>
    );
  }
  const title = invitation?.state === 'EXPIRED' ? t.expired : invitation?.state === 'INVALID' ? t.invalid : t.title;
  return (
    <PublicPage title={title}>
      <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })}>
        {(data) =>
          data.invitation.state === 'OPEN' ? (
            <Accept token={token} invitation={data.invitation} />
          ) : (
            <Renew token={token} clientName={data.invitation.clientName} onDone={() => setRenewed(true)} />
          )
        }
      </Loaded>
    </PublicPage>
  );
}

const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      membership {
        clientId
      }
      errors {
        ... on InvitationLinkError {
          message
        }
        ... on ValidationError {
          message
          field
        }
        ... on InvalidCredentialsError {
          message
        }
        ... on ConflictError {
          message
        }
      }
    }
  }
`);

function Accept({ token, invitation }: { token: string; invitation: InvitationQuery['invitation'] }) {
  const [, accept] = useMutation(AcceptInvitation);
  const viewer = useViewer();
  const navigate = useNavigate();
  const { existingAccount, contactName, clientName, email, expiresAt, invitedBy } = invitation;
  return (
    <>
      <p className={styles.lead}>
        {contactName && t.hello(contactName)} {t.invites(invitedBy ?? settings.organisation, clientName ?? '')}
      </p>
      {viewer && viewer.email !== email && <p className={styles.notice}>{t.signedInAs(viewer.name)}</p>}
      <Form
        submit={t.accept}
        onSubmit={async ({ name, password = '' }) => {
          const { membership, errors } = (await sent(accept({ input: { token, name: name || null, password } }))).acceptInvitation;
          if (membership) {
            forgetLink('invitation');
            sessionStorage.setItem('client', membership.clientId);
            restartSession();
            navigate({ to: '/', replace: true });
          }
          return errors;
        }}
      >
        {(errorOf) => (
          <>
            <TextInput type="email" label={t.email} autoComplete="username" size="md" value={email ?? ''} readOnly />
            {!existingAccount && (
              <TextInput
                name="name"
                label={t.name}
                autoComplete="name"
                maxLength={200}
                size="md"
                defaultValue={contactName ?? ''}
                error={errorOf('name')}
              />
            )}
            <PasswordField
              name="password"
              label={existingAccount ? t.password : t.newPassword}
              description={existingAccount ? t.existing : t.passwordHint}
              autoComplete={existingAccount ? 'current-password' : 'new-password'}
              size="md"
              error={errorOf('password')}
            />
          </>
        )}
      </Form>
      {expiresAt && <p className={styles.foot}>{t.worksUntil(moment(expiresAt))}</p>}
    </>
  );
}

const RequestNewInvitation = graphql(`
  mutation RequestNewInvitation($input: RequestNewInvitationInput!) {
    requestNewInvitation(input: $input) {
      accepted
    }
  }
`);

function Renew({ token, clientName, onDone }: { token: string; clientName: string | null; onDone: () => void }) {
  const [, renew] = useMutation(RequestNewInvitation);
  return (
    <>
      <p className={styles.lead}>{clientName ? t.expiredHint(clientName) : `${t.invalidHint} ${t.askWhoInvited}`}</p>
      <Form
        submit={t.renew}
        beside={<Link to="/sign-in">{t.haveSignIn}</Link>}
        onSubmit={async () => {
          await sent(renew({ input: { token } }));
          onDone();
          return null;
        }}
      >
        {() => null}
      </Form>
    </>
  );
}
