import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { contactFilterOf } from '../boardSearch';
import styles from './Board.module.css';
import type { ListProps } from './BoardClients';
import { BoardRow, moveByKey } from './BoardRow';
import { t } from './texts';

const Contacts = graphql(`
  query BoardContacts($first: Int, $after: String, $last: Int, $before: String, $filter: ContactFilter) {
    contacts(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        ...ContactOfBoard
        client {
          id
          name
          status
          internal
        }
      }
    }
  }
`);

/** Contacts that were looked for, of whatever client. */
export function BoardContacts({ search, version, selected, onSelect, onMove }: ListProps) {
  const navigate = useNavigate();
  const [query, ask] = useQuery({
    query: Contacts,
    requestPolicy: 'cache-and-network',
    variables: { ...pageVariables(search), filter: contactFilterOf(search) },
  });
  useEffect(() => {
    if (version > 0) ask({ requestPolicy: 'network-only' });
  }, [version, ask]);
  return (
    <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={8} />}>
      {({ contacts }) =>
        contacts.totalCount === 0 ? (
          <Panel>
            <Note title={t.noContacts}>
              <p>{t.noContactsHint}</p>
              <Button variant="default" mt="md" onClick={() => navigate({ to: '.', search: { run: search.run } as never })}>
                {t.showAll}
              </Button>
            </Note>
          </Panel>
        ) : (
          <div className={query.stale ? bar.stale : ''} onKeyDown={moveByKey}>
            <p className={styles.keys}>{t.keys}</p>
            <div className={styles.group}>
              <ul aria-label={t.foundContacts}>
                {contacts.nodes.map((contact) => (
                  <BoardRow
                    key={contact.id}
                    contact={contact}
                    clientName={contact.client.name}
                    isOpen={contact.client.status === 'ACTIVE' && !contact.client.internal}
                    isSelected={selected.has(contact.id)}
                    onSelect={onSelect}
                    showsClient
                  />
                ))}
              </ul>
            </div>
            <Pager page={contacts} at={search} onMove={onMove} />
          </div>
        )
      }
    </Loaded>
  );
}
