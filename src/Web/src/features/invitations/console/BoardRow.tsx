import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo } from 'react';
import type { ContactOfBoardFragment } from '@/graphql/console/graphql';
import styles from './Board.module.css';
import { InvitationActions } from './InvitationActions';
import { Standing } from './Standing';
import { t } from './texts';

interface RowProps {
  contact: ContactOfBoardFragment;
  clientName: string;
  /** Neither internal nor inactive. */
  isOpen: boolean;
  isSelected: boolean;
  onSelect: (ids: readonly string[], on: boolean) => void;
  showsClient?: boolean;
}

export const canInvite = (contact: ContactOfBoardFragment) => contact.invitation.status === 'NOT_INVITED' && contact.email !== null;

/** One contact: whether it is selected, who it is, how it stands, what can be done. Rows that did not change are left alone. */
export const BoardRow = memo(function BoardRow({ contact, clientName, isOpen, isSelected, onSelect, showsClient }: RowProps) {
  return (
    <li className={styles.row}>
      <Checkbox
        data-step
        aria-label={t.selectContact(contact.name)}
        checked={isSelected}
        disabled={!isOpen || !canInvite(contact)}
        onChange={(e) => onSelect([contact.id], e.currentTarget.checked)}
      />
      <div className={styles.who}>
        <Link to="/console/contacts/$id" params={{ id: contact.id }} className={styles.name}>
          {contact.name}
        </Link>
        <p className={styles.small}>{[showsClient && clientName, contact.email].filter(Boolean).join(' · ')}</p>
      </div>
      <Standing standing={contact.invitation} hasEmail={contact.email !== null} />
      <div className={styles.actions}>
        <InvitationActions contact={contact} clientName={clientName} canInvite={isOpen} />
      </div>
    </li>
  );
});

/** Arrow keys, Home and End go from checkbox to checkbox of what holds the rows. */
export function moveByKey(event: KeyboardEvent<HTMLElement>) {
  const from = event.target as HTMLElement;
  if (!from.matches('[data-step]') || event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = Array.from(event.currentTarget.querySelectorAll<HTMLInputElement>('input[data-step]:not(:disabled)'));
  const at = steps.indexOf(from as HTMLInputElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: steps.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  steps[to]?.focus();
}
