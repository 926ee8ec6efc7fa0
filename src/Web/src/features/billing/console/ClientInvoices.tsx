import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { day, money } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { InvoiceStatus } from '@/graphql/console/graphql';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { SearchField } from '@/ui/SearchField';
import { Status, type Tone } from '@/ui/Status';
import type { ListSearch } from '@/ui/search';
import { Table } from '@/ui/Table';
import { t } from './texts';

const InvoicesQuery = graphql(`
  query ClientInvoices($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: InvoiceFilter) {
    node(id: $id) {
      ... on Client {
        id
        invoices(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
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
            status
            issuedOn
            dueOn
            total {
              amount
              currency
            }
            balance {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

const tones: Record<InvoiceStatus, Tone> = {
  DRAFT: 'quiet',
  ISSUED: 'accent',
  PARTIALLY_PAID: 'accent',
  PAID: 'good',
  OVERDUE: 'bad',
  VOID: 'quiet',
};

/** A client's invoices, drafts among them. */
export function ClientInvoices() {
  const { id = '' } = useParams({ strict: false });
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({
    query: InvoicesQuery,
    requestPolicy: 'cache-and-network',
    variables: { id, ...pageVariables(search), filter: { search: search.q ?? null, status: null } },
  });
  const find = useCallback((q: string) => navigate({ to: '.', search: { q: q || undefined } as never, replace: true }), [navigate]);
  return (
    <>
      <div className={bar.bar}>
        <div className={bar.search}>
          <SearchField label={t.search} value={search.q ?? ''} onSearch={find} />
        </div>
      </div>
      <Loaded pageOf={id} query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={6} />}>
        {({ node }) =>
          node?.__typename !== 'Client' || node.invoices.totalCount === 0 ? (
            <Note title={search.q ? t.noneFound : t.none} />
          ) : (
            <div className={query.stale ? bar.stale : ''}>
              <Table
                caption={t.caption}
                rows={node.invoices.nodes}
                keyOf={(i) => i.id}
                columns={[
                  { head: t.number, place: 'title', cell: (i) => <span className="figures">{i.number}</span> },
                  { head: t.issued, place: 'wideOnly', cell: (i) => i.issuedOn && day(i.issuedOn) },
                  { head: t.due, place: 'note', cell: (i) => i.dueOn && day(i.dueOn) },
                  { head: t.status, place: 'state', cell: (i) => <Status tone={tones[i.status]}>{t.statuses[i.status]}</Status> },
                  { head: t.total, place: 'figure', figure: true, cell: (i) => money(i.total) },
                  { head: t.balance, place: 'wideOnly', figure: true, cell: (i) => (i.balance.amount === 0 ? '–' : money(i.balance)) },
                ]}
              />
              <Pager
                page={node.invoices}
                at={search}
                onMove={(at) => navigate({ to: '.', search: { q: search.q, ...at } as never, resetScroll: false })}
              />
            </div>
          )
        }
      </Loaded>
    </>
  );
}
