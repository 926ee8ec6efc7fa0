import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import type { BoardClientsQuery } from '@/graphql/console/graphql';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { type BoardSearch, statusOf } from '../boardSearch';
import styles from './Board.module.css';
import { BoardRow, canInvite, moveByKey } from './BoardRow';
import { t } from './texts';

const Clients = graphql(`
  query BoardClients($first: Int, $after: String, $last: Int, $before: String, $filter: ClientFilter) {
    clients(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        id
        number
        name
        status
        internal
        contacts(first: 100) {
          totalCount
          nodes {
            ...ContactOfBoard
          }
        }
      }
    }
  }
`);

export interface ListProps {
  search: BoardSearch;
  version: number;
  /** How often changes may have been missed. */
  interruptions: number;
  selected: ReadonlySet<string>;
  onSelect: (ids: readonly string[], on: boolean) => void;
  onInviteClient: (id: string, name: string) => void;
  onMove: (at: PageAt) => void;
}

/** Twenty clients at a time, each with its contacts. */
export function BoardClients(props: ListProps) {
  const { search, version, interruptions, onMove } = props;
  const status = statusOf(search.show);
  const [query, ask] = useQuery({
    query: Clients,
    requestPolicy: 'cache-and-network',
    variables: { ...pageVariables(search), filter: { search: null, status: null, internal: null, invitationStatus: status } },
  });
  // Which clients fit a filter changes with their contacts; without one they change by themselves, as long as every change arrives.
  const reread = status ? version : interruptions;
  useEffect(() => {
    if (reread > 0) ask({ requestPolicy: 'network-only' });
  }, [reread, ask]);
  return (
    <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={6} height="7rem" />}>
      {({ clients }) =>
        clients.totalCount === 0 ? (
          <Panel>
            <Note title={t.noClients} />
          </Panel>
        ) : (
          <div className={query.stale ? bar.stale : ''} onKeyDown={moveByKey}>
            <p className={styles.keys}>{t.keys}</p>
            {clients.nodes.map((client) => (
              <ClientGroup key={client.id} client={client} {...props} />
            ))}
            <Pager page={clients} at={search} onMove={onMove} />
          </div>
        )
      }
    </Loaded>
  );
}

type BoardClient = BoardClientsQuery['clients']['nodes'][number];

function ClientGroup({ client, search, selected, onSelect, onInviteClient }: ListProps & { client: BoardClient }) {
  const status = statusOf(search.show);
  const isOpen = client.status === 'ACTIVE' && !client.internal;
  const contacts = client.contacts.nodes.filter((contact) => !status || contact.invitation.status === status);
  const invitable = isOpen ? contacts.filter(canInvite).map((contact) => contact.id) : [];
  const chosen = invitable.filter((id) => selected.has(id)).length;
  const hidden = client.contacts.totalCount - client.contacts.nodes.length;
  return (
    <div role="group" className={styles.group} aria-labelledby={`client-${client.id}`}>
      <div className={styles.groupHead}>
        <Checkbox
          data-step
          aria-label={t.selectClient(client.name)}
          checked={chosen > 0 && chosen === invitable.length}
          indeterminate={chosen > 0 && chosen < invitable.length}
          disabled={invitable.length === 0}
          onChange={(e) => onSelect(invitable, e.currentTarget.checked)}
        />
        <div className={styles.groupTitle}>
          <h2 id={`client-${client.id}`}>
            <Link to="/console/clients/$id" params={{ id: client.id }}>
              {client.name}
            </Link>
          </h2>
          <p className={styles.small}>
            {client.internal ? t.internal : client.status === 'INACTIVE' ? t.inactive : t.contacts(client.contacts.totalCount)}
          </p>
        </div>
        {invitable.length > 0 && (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t.inviteClientOf(client.name)}
            onClick={() => onInviteClient(client.id, client.name)}
          >
            {t.inviteClient}
          </Button>
        )}
      </div>
      <ul aria-label={t.ofClient(client.name)}>
        {contacts.map((contact) => (
          <BoardRow
            key={contact.id}
            contact={contact}
            clientName={client.name}
            isOpen={isOpen}
            isSelected={selected.has(contact.id)}
            onSelect={onSelect}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={styles.hidden}>
          <Link to="/console/clients/$id" params={{ id: client.id }}>
            {t.moreContacts(hidden)}
          </Link>
        </p>
      )}
    </div>
  );
}
