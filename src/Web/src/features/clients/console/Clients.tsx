import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { SearchField } from '@/ui/SearchField';
import { Table } from '@/ui/Table';
import { t } from './texts';

const ClientsQuery = graphql(`
  query Clients($first: Int, $after: String, $last: Int, $before: String, $filter: ClientFilter) {
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
        internal
        contacts {
          totalCount
        }
      }
    }
  }
`);

export function Clients() {
  const search: PageAt & { q?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({
    query: ClientsQuery,
    variables: { ...pageVariables(search), filter: { search: search.q ?? null, status: null, internal: null, invitationStatus: null } },
  });
  const find = useCallback((q: string) => navigate({ to: '.', search: { q: q || undefined } as never, replace: true }), [navigate]);
  return (
    <Page title={t.clients}>
      <div className={bar.bar}>
        <div className={bar.search}>
          <SearchField label={t.search} value={search.q ?? ''} onSearch={find} />
        </div>
      </div>
      <Panel>
        <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={8} />}>
          {({ clients }) =>
            clients.totalCount === 0 ? (
              <Note title={t.none} />
            ) : (
              <>
                <Table
                  caption={t.caption}
                  rows={clients.nodes}
                  keyOf={(c) => c.id}
                  columns={[
                    { head: t.name, place: 'title', cell: (c) => c.name },
                    { head: t.number, place: 'note', cell: (c) => c.number },
                    { head: t.status, place: 'state', cell: (c) => c.internal && t.internal },
                    { head: t.contacts, place: 'figure', figure: true, cell: (c) => c.contacts.totalCount },
                  ]}
                />
                <Pager page={clients} at={search} onMove={(at) => navigate({ to: '.', search: { q: search.q, ...at } as never })} />
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
