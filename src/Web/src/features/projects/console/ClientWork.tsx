import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { day, money, number } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { TicketStatus } from '@/graphql/console/graphql';
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

const WorkQuery = graphql(`
  query ClientWork($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: TicketFilter) {
    node(id: $id) {
      ... on Client {
        id
        tickets(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
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
            title
            status
            workedOn
            hours
            cost {
              amount
              currency
            }
            assignee {
              id
              name
            }
          }
        }
      }
    }
  }
`);

const tones: Record<TicketStatus, Tone> = { DRAFT: 'quiet', SUBMITTED: 'warn', APPROVED: 'accent', INVOICED: 'good', REJECTED: 'bad' };

/** What was done for a client, whether approved or not, with what it cost. */
export function ClientWork() {
  const { id = '' } = useParams({ strict: false });
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({
    query: WorkQuery,
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
          node?.__typename !== 'Client' || node.tickets.totalCount === 0 ? (
            <Note title={search.q ? t.noneFound : t.noWork} />
          ) : (
            <div className={query.stale ? bar.stale : ''}>
              <Table
                caption={t.work}
                rows={node.tickets.nodes}
                keyOf={(w) => w.id}
                columns={[
                  { head: t.number, place: 'wideOnly', cell: (w) => <span className="figures">{w.number}</span> },
                  { head: t.title, place: 'title', cell: (w) => w.title },
                  { head: t.workedOn, place: 'note', cell: (w) => w.workedOn && day(w.workedOn) },
                  { head: t.assignee, place: 'wideOnly', cell: (w) => w.assignee?.name },
                  { head: t.status, place: 'state', cell: (w) => <Status tone={tones[w.status]}>{t.workStatuses[w.status]}</Status> },
                  { head: t.hours, place: 'figure', figure: true, cell: (w) => w.hours !== null && `${number(w.hours)} h` },
                  { head: t.cost, place: 'wideOnly', figure: true, cell: (w) => w.cost && money(w.cost) },
                ]}
              />
              <Pager
                page={node.tickets}
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
