import { VisuallyHidden } from '@mantine/core';
import { useInvitationChanges } from './useInvitationChanges';

/** Keeps a client's contacts on the page as they stand; for those who may listen. */
export function LiveInvitations({ clientId, onSettled }: { clientId: string; onSettled: () => void }) {
  const { told } = useInvitationChanges(clientId, onSettled);
  return <VisuallyHidden role="status">{told}</VisuallyHidden>;
}
