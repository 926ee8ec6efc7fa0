import { useState } from 'react';
import { useMutation } from 'urql';
import { moment } from '@/app/formats';
import { forgetLink, linkToken } from '@/app/link';
import { restartSession } from '@/app/session';
import { graphql } from '@/graphql/portal';
import { Form, sent } from '@/ui/Form';
import { LinkButton } from '@/ui/LinkButton';
import { PublicPage } from '@/ui/PublicPage';
import { OpenedLink } from './OpenedLink';
import { t } from './texts';

const ConfirmEmailChange = graphql(`
  mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) {
    confirmEmailChange(input: $input) {
      email
      errors {
        ... on LinkError {
          message
        }
        ... on ConflictError {
          message
        }
      }
    }
  }
`);

export function ConfirmEmail() {
  const [token] = useState(() => linkToken('confirm-email'));
  const [confirmed, setConfirmed] = useState<string>();
  const [, confirm] = useMutation(ConfirmEmailChange);
  if (confirmed) {
    return (
      <PublicPage title={t.confirmed}>
        <p role="status">{t.confirmedHint(confirmed)}</p>
        <LinkButton to="/" mt="lg">
          {t.onward}
        </LinkButton>
      </PublicPage>
    );
  }
  return (
    <OpenedLink token={token} title={t.confirmTitle} setsPassword={false}>
      {(link) => (
        <>
          <p style={{ marginBottom: 'var(--gap-m)' }}>
            {t.hello(link.name)} {t.confirmHint(link.email)}
          </p>
          <Form
            submit={t.confirm}
            onSubmit={async () => {
              const { email, errors } = (await sent(confirm({ input: { token } }))).confirmEmailChange;
              if (email) {
                forgetLink('confirm-email');
                restartSession();
                setConfirmed(email);
              }
              return errors;
            }}
          >
            {() => null}
          </Form>
          <p className="quiet" style={{ marginTop: 'var(--gap-m)' }}>
            {t.worksUntil(moment(link.expiresAt))}
          </p>
        </>
      )}
    </OpenedLink>
  );
}
