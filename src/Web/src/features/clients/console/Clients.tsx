import { Button, NativeSelect } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import type { ClientOrder } from '@/graphql/console/graphql';
import { Choices } from '@/ui/Choices';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { SearchField } from '@/ui/SearchField';
import { Table } from '@/ui/Table';
import { type Choice, type ClientSearch, choices, filterOf, orders } from '../clientSearch';
import { ClientForm } from './ClientForm';
import { ClientStatus } from './ClientStatus';
import styles from './Clients.module.css';
import { t } from './texts';
import { usePermission } from './usePermission';

const ClientsQuery = graphql(`
  query Clients($first: Int, $after: String, $last: Int, $before: String, $filter: ClientFilter, $orderBy: ClientOrder) {
    clients(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
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
        currency
        contacts {
          totalCount
        }
      }
    }
  }
`);

export function Clients() {
  const search: ClientSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const canManage = usePermission('CLIENTS_MANAGE');
  const [isAdding, setAdding] = useState(false);
  const [query, ask] = useQuery({
    query: ClientsQuery,
    requestPolicy: 'cache-and-network',
    variables: { ...pageVariables(search), filter: filterOf(search), orderBy: search.order ?? 'NAME' },
  });
  const go = useCallback(
    (to: ClientSearch, replace = false) => navigate({ to: '.', search: to as never, replace, resetScroll: false }),
    [navigate],
  );
  const { show, order, q } = search;
  const find = useCallback((text: string) => go({ q: text || undefined, show, order }, true), [go, show, order]);
  return (
    <Page
      title={t.clients}
      actions={
        canManage && (
          <Button size="md" onClick={() => setAdding(true)}>
            {t.addClient}
          </Button>
        )
      }
    >
      <div className={bar.bar}>
        <Choices
          label={t.filter}
          value={show}
          onChoose={(value) => go({ q, order, show: value })}
          choices={[
            { value: undefined, label: t.all },
            ...(Object.keys(choices) as Choice[]).map((value) => ({ value, label: t.choices[value] })),
          ]}
        />
        <div className={styles.find}>
          <div className={bar.search}>
            <SearchField label={t.search} value={q ?? ''} onSearch={find} />
          </div>
          <NativeSelect
            aria-label={t.order}
            value={order ?? 'NAME'}
            onChange={(e) => go({ q, show, order: e.currentTarget.value as ClientOrder })}
            data={orders.map((value) => ({ value, label: t.orders[value] }))}
          />
        </div>
      </div>
      <Panel>
        <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={8} />}>
          {({ clients }) =>
            clients.totalCount === 0 ? (
              <Note title={t.none}>
                <p>{t.noneHint}</p>
                <Button variant="default" mt="md" onClick={() => go({})}>
                  {t.showAll}
                </Button>
              </Note>
            ) : (
              <div className={query.stale ? bar.stale : ''}>
                <Table
                  caption={t.caption}
                  rows={clients.nodes}
                  keyOf={(c) => c.id}
                  columns={[
                    {
                      head: t.name,
                      place: 'title',
                      cell: (c) => (
                        <Link to="/console/clients/$id" params={{ id: c.id }}>
                          {c.name}
                        </Link>
                      ),
                    },
                    { head: t.number, place: 'note', cell: (c) => <span className="figures">{c.number}</span> },
                    { head: t.status, place: 'state', cell: (c) => <ClientStatus client={c} /> },
                    { head: t.currency, place: 'wideOnly', cell: (c) => c.currency },
                    {
                      head: t.contacts,
                      place: 'figure',
                      figure: true,
                      cell: (c) => (
                        <>
                          {c.contacts.totalCount.toLocaleString()}
                          <span className={styles.unit}> {t.contactsOf(c.contacts.totalCount)}</span>
                        </>
                      ),
                    },
                  ]}
                />
                <Pager page={clients} at={search} onMove={(at) => go({ q, show, order, ...at })} />
              </div>
            )
          }
        </Loaded>
      </Panel>
      {isAdding && (
        <ClientForm onClose={() => setAdding(false)} onSaved={(id) => navigate({ to: '/console/clients/$id', params: { id } })} />
      )}
    </Page>
  );
}
