import { Button } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { InvitationActions } from '@/features/invitations/console/InvitationActions';
import { LiveInvitations } from '@/features/invitations/console/LiveInvitations';
import { InviteMany } from '@/features/invitations/console/InviteMany';
import { Standing } from '@/features/invitations/console/Standing';
import { graphql } from '@/graphql/console';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { presetOf } from './accessSummary';
import styles from './ClientPage.module.css';
import { ContactForm } from './ContactForm';
import { t } from './texts';
import { usePermission } from './usePermission';

const ContactsQuery = graphql(`
  query ClientContacts($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    accessPresets {
      name
      label
      access {
        kind
        visibility
      }
    }
    node(id: $id) {
      ... on Client {
        id
        name
        status
        internal
        contacts(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          nodes {
            ...ContactOfBoard
            ...AccessOfContact
          }
        }
      }
    }
  }
  fragment AccessOfContact on Contact {
    id
    access {
      kind
      visibility
      notify
    }
  }
`);

/** A client's contacts: how far they are invited, and what they may see. */
export function ClientContacts() {
  const { id = '' } = useParams({ strict: false });
  const at: PageAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const canManage = usePermission('CLIENTS_MANAGE');
  const canInvite = usePermission('CLIENTS_INVITE');
  const [isAdding, setAdding] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const [query, ask] = useQuery({ query: ContactsQuery, variables: { id, ...pageVariables(at) }, requestPolicy: 'cache-and-network' });
  return (
    <Loaded pageOf={id} query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines />}>
      {({ node, accessPresets }) => {
        if (node?.__typename !== 'Client') return null;
        const isOpen = node.status === 'ACTIVE' && !node.internal;
        const { contacts } = node;
        return (
          <>
            {canInvite && <LiveInvitations clientId={id} onSettled={() => ask({ requestPolicy: 'network-only' })} />}
            <div className={styles.bar}>
              <h2>{t.contacts}</h2>
              <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--gap-s)' }}>
                {canInvite && isOpen && contacts.totalCount > 0 && (
                  <Button variant="default" onClick={() => setInviting(true)}>
                    {t.inviteAll}
                  </Button>
                )}
                {canManage && (
                  <Button variant="default" onClick={() => setAdding(true)}>
                    {t.addContact}
                  </Button>
                )}
              </div>
            </div>
            {contacts.totalCount === 0 ? (
              <Note title={t.noContacts}>{t.noContactsHint}</Note>
            ) : (
              <>
                <ul aria-label={t.contacts}>
                  {contacts.nodes.map((contact) => (
                    <li key={contact.id} className={styles.row}>
                      <div>
                        <Link to="/console/contacts/$id" params={{ id: contact.id }} className={styles.name}>
                          {contact.name}
                        </Link>
                        <p className={styles.small}>{[contact.jobTitle, contact.email].filter(Boolean).join(' · ')}</p>
                      </div>
                      <p className={styles.small}>{t.sees(presetOf(contact.access, accessPresets)?.label)}</p>
                      <Standing standing={contact.invitation} hasEmail={contact.email !== null} />
                      <div className={styles.actions}>
                        {canInvite && <InvitationActions contact={contact} clientName={node.name} canInvite={isOpen} />}
                      </div>
                    </li>
                  ))}
                </ul>
                <Pager page={contacts} at={at} onMove={(to) => navigate({ to: '.', search: to as never, resetScroll: false })} />
              </>
            )}
            {isAdding && (
              <ContactForm
                clientId={id}
                onClose={() => setAdding(false)}
                onSaved={(contact) => navigate({ to: '/console/contacts/$id', params: { id: contact } })}
              />
            )}
            {isInviting && (
              <InviteMany
                wanted={{ kind: 'client', id, name: node.name }}
                onClose={() => setInviting(false)}
                onStarted={(run) => navigate({ to: '/console/invitations', search: { run } as never })}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
