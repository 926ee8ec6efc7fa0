import { useEffect, useRef, useState } from 'react';
import { useLive } from '@/app/useLive';
import { graphql } from '@/graphql/console';
import type { ContactOfBoardFragment } from '@/graphql/console/graphql';
import { t } from './texts';

const InvitationChanges = graphql(`
  subscription InvitationChanges($clientId: ID, $after: ID) {
    invitationStatusChanged(clientId: $clientId, after: $after) {
      id
      contact {
        ...ContactOfBoard
      }
    }
  }
`);

const pause = 400;
const mostNames = 3;

interface InvitationChangesState {
  /** Whether changes arrive as they happen. */
  isLive: boolean;
  /** What changed last, for those who cannot watch the whole page. */
  told: string;
}

/**
 * Keeps every contact on the page as it stands, of one client or of all. onSettled is called at most every 400 ms while there
 * are changes: for what is counted or listed by the host. It is called once more after each interruption, when changes may have
 * been missed, and everything should be read again.
 */
export function useInvitationChanges(clientId: string | null, onSettled: (mayHaveMissed: boolean) => void): InvitationChangesState {
  const settled = useRef(onSettled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const changed = useRef(new Map<string, ContactOfBoardFragment>());
  const missed = useRef(false);
  const wasLive = useRef(true);
  const [told, setTold] = useState('');
  useEffect(() => {
    settled.current = onSettled;
  });

  function settleSoon() {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (changed.current.size > 0) setTold(inWords([...changed.current.values()]));
      changed.current.clear();
      settled.current(missed.current);
      missed.current = false;
    }, pause);
  }

  const isLive = useLive(
    InvitationChanges,
    { clientId },
    (data) => data.invitationStatusChanged.id,
    ({ invitationStatusChanged: { contact } }) => {
      // A mail on its way is not worth a word; what becomes of it is.
      if (!['QUEUED', 'SENDING'].includes(contact.invitation.detail ?? '')) changed.current.set(contact.id, contact);
      settleSoon();
    },
  );
  useEffect(() => {
    if (isLive && !wasLive.current) {
      missed.current = true;
      settleSoon();
    }
    wasLive.current = isLive;
  }, [isLive]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { isLive, told };
}

function inWords(contacts: readonly ContactOfBoardFragment[]): string {
  return contacts.length > mostNames
    ? t.changed(contacts.length)
    : contacts.map(({ name, invitation: { status, detail } }) => [`${name}: ${t.statuses[status]}`, detail && t.details[detail]].filter(Boolean).join(', ')).join('. ');
}
