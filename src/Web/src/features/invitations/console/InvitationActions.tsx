import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/console';
import type { ContactOfBoardFragment } from '@/graphql/console/graphql';
import { Confirm } from '@/ui/Confirm';
import { sent } from '@/ui/Form';
import styles from './InvitationActions.module.css';
import { refusalText } from './refusal';
import { t } from './texts';

const InviteContact = graphql(`
  mutation InviteContact($input: InviteContactInput!) {
    inviteContact(input: $input) {
      contact {
        ...ContactOfBoard
      }
      errors {
        ... on Error {
          message
        }
        ... on ThrottledError {
          retryAt
          limit
        }
      }
    }
  }
`);

const ResendInvitation = graphql(`
  mutation ResendInvitation($input: ResendInvitationInput!) {
    resendInvitation(input: $input) {
      contact {
        ...ContactOfBoard
      }
      errors {
        ... on Error {
          message
        }
        ... on ThrottledError {
          retryAt
          limit
        }
      }
    }
  }
`);

const RevokeInvitation = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      contact {
        ...ContactOfBoard
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

const RevokePortalAccess = graphql(`
  mutation RevokePortalAccess($input: RevokePortalAccessInput!) {
    revokePortalAccess(input: $input) {
      contact {
        ...ContactOfBoard
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

interface ActionsProps {
  contact: ContactOfBoardFragment;
  clientName: string;
  /** Internal and inactive clients: nobody of theirs can be invited. */
  canInvite?: boolean;
}

/** What can be done about one contact's invitation as it stands; what is refused is told right here. */
export function InvitationActions({ contact, clientName, canInvite = true }: ActionsProps) {
  const { id: contactId, name, email, invitation } = contact;
  const [{ fetching: isInviting }, invite] = useMutation(InviteContact);
  const [{ fetching: isResending }, resend] = useMutation(ResendInvitation);
  const [, revoke] = useMutation(RevokeInvitation);
  const [, revokeAccess] = useMutation(RevokePortalAccess);
  const [told, setTold] = useState<{ text: string; isRefusal: boolean } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const isOnItsWay = useRef(false);
  const isOnboarded = invitation.status === 'ONBOARDED';

  async function mail(send: () => Promise<readonly { message: string }[] | null | undefined>, done: string) {
    if (isOnItsWay.current) return;
    isOnItsWay.current = true;
    setTold(null);
    try {
      const refused = (await send())?.[0];
      setTold(refused ? { text: refusalText(refused), isRefusal: true } : { text: done, isRefusal: false });
    } catch (error) {
      setTold({ text: (error as Error).message, isRefusal: true });
    } finally {
      isOnItsWay.current = false;
    }
  }

  return (
    <>
      <div className={styles.actions}>
        {invitation.status === 'NOT_INVITED' && canInvite && email && (
          <Button
            variant="default"
            size="compact-md"
            loading={isInviting}
            aria-label={t.inviteOf(name)}
            onClick={() =>
              mail(async () => (await sent(invite({ input: { contactId, expiresInDays: 7 } }))).inviteContact.errors, t.invited(name))
            }
          >
            {t.invite}
          </Button>
        )}
        {invitation.status === 'INVITED' && (
          <Button
            variant="default"
            size="compact-md"
            loading={isResending}
            aria-label={t.resendOf(name)}
            onClick={() => mail(async () => (await sent(resend({ input: { contactId } }))).resendInvitation.errors, t.resent(name))}
          >
            {t.resend}
          </Button>
        )}
        {invitation.status !== 'NOT_INVITED' && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            className={styles.revoke ?? ''}
            aria-label={isOnboarded ? t.revokeAccessOf(name) : t.revokeOf(name)}
            onClick={() => setAsking(true)}
          >
            {isOnboarded ? t.revokeAccess : t.revoke}
          </Button>
        )}
      </div>
      <p role="status" className={told?.isRefusal ? styles.refused : styles.told}>
        {told?.text}
      </p>
      {isAsking && (
        <Confirm
          title={isOnboarded ? t.revokeAccessTitle(name) : t.revokeTitle(name)}
          action={isOnboarded ? t.revokeAccess : t.revoke}
          isDangerous
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            setTold(null);
            const input = { input: { contactId } };
            return isOnboarded
              ? (await sent(revokeAccess(input))).revokePortalAccess.errors
              : (await sent(revoke(input))).revokeInvitation.errors;
          }}
        >
          {isOnboarded ? t.revokeAccessText(clientName) : t.revokeText}
        </Confirm>
      )}
    </>
  );
}
