import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/console';
import { Confirm } from '@/ui/Confirm';
import { sent } from '@/ui/Form';
import styles from './Board.module.css';
import { t } from './texts';

const InviteContacts = graphql(`
  mutation InviteContacts($input: InviteContactsInput!) {
    inviteContacts(input: $input) {
      bulkInvitation {
        ...Progress
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

export type Wanted = { kind: 'all'; count: number } | { kind: 'client'; id: string; name: string } | { kind: 'contacts'; ids: string[] };

/** Asks before many are invited, and starts it. Asked twice with the same answer, it is done once. */
export function InviteMany({ wanted, onStarted, onClose }: { wanted: Wanted; onStarted: (id: string) => void; onClose: () => void }) {
  const [, invite] = useMutation(InviteContacts);
  const [days, setDays] = useState('7');
  const [call] = useState(() => crypto.randomUUID());
  return (
    <Confirm
      title={titleOf(wanted)}
      action={t.inviteNow}
      onClose={onClose}
      onConfirm={async () => {
        const { bulkInvitation, errors } = (
          await sent(
            invite({
              input: {
                idempotencyKey: `${call}/${days}`, // another number of days is another call
                all: wanted.kind !== 'contacts',
                contactIds: wanted.kind === 'contacts' ? wanted.ids : null,
                clientIds: wanted.kind === 'client' ? [wanted.id] : null,
                expiresInDays: Number(days),
              },
            }),
          )
        ).inviteContacts;
        if (bulkInvitation) onStarted(bulkInvitation.id);
        return errors;
      }}
    >
      <div className={styles.wanted}>
        <p>{textOf(wanted)}</p>
        <p className={styles.small}>{t.bulkLimits}</p>
        <NativeSelect
          label={t.validFor}
          value={days}
          onChange={(e) => setDays(e.currentTarget.value)}
          data={[1, 3, 7, 14, 30].map((count) => ({ value: String(count), label: t.days(count) }))}
        />
      </div>
    </Confirm>
  );
}

function titleOf(wanted: Wanted): string {
  if (wanted.kind === 'all') return t.bulkTitle;
  return wanted.kind === 'client' ? t.bulkClientTitle(wanted.name) : t.bulkSelectedTitle(wanted.ids.length);
}

function textOf(wanted: Wanted): string {
  if (wanted.kind === 'all') return t.bulkAllText(wanted.count);
  return wanted.kind === 'client' ? t.bulkClientText : t.bulkSelectedText;
}
