import { useEffect, useRef } from 'react';
import { useLive } from '@/app/useLive';
import { graphql } from '@/graphql/console';

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

/**
 * Keeps every contact on the page as it stands, of one client or of all. onSettled is called at most every 400 ms while there
 * are changes, and after each reconnect: for what is counted or listed by the host.
 * @returns whether changes arrive live.
 */
export function useInvitationChanges(clientId: string | null, onSettled: () => void): boolean {
  const settled = useRef(onSettled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasLive = useRef(true);
  useEffect(() => {
    settled.current = onSettled;
  });
  const isLive = useLive(
    InvitationChanges,
    { clientId },
    (data) => data.invitationStatusChanged.id,
    () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        settled.current();
      }, pause);
    },
  );
  useEffect(() => {
    if (isLive && !wasLive.current) settled.current();
    wasLive.current = isLive;
  }, [isLive]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return isLive;
}
