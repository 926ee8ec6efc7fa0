import { useEffect, useEffectEvent, useRef } from 'react';
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

/**
 * Keeps every contact on the page as it stands, of one client or of all. onSettled is called once changes pause, and after each
 * reconnect: for what is counted or listed by the host.
 * @returns whether changes arrive live.
 */
export function useInvitationChanges(clientId: string | null, onSettled: () => void): boolean {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const settled = useEffectEvent(onSettled);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      settled();
    }, 400);
  };
  const isLive = useLive(InvitationChanges, { clientId }, (data) => data.invitationStatusChanged.id, soon);

  const wasLive = useRef(true);
  useEffect(() => {
    if (isLive && !wasLive.current) settled();
    wasLive.current = isLive;
  }, [isLive]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return isLive;
}
