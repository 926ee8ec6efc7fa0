import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { moment } from '@/app/formats';
import { graphql } from '@/graphql/console';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { Status } from '@/ui/Status';
import { Table } from '@/ui/Table';
import { t } from './texts';

const EventsQuery = graphql(`
  query ClientEvents($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $id) {
      ... on Client {
        id
        events(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          nodes {
            id
            kind
            title
            startsAt
            allDay
            shared
            project {
              id
              name
            }
          }
        }
      }
    }
  }
`);

/** A client's events, and whether its portal shows them. */
export function ClientEvents() {
  const { id = '' } = useParams({ strict: false });
  const at: PageAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({ query: EventsQuery, requestPolicy: 'cache-and-network', variables: { id, ...pageVariables(at) } });
  return (
    <Loaded pageOf={id} query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={6} />}>
      {({ node }) =>
        node?.__typename !== 'Client' || node.events.totalCount === 0 ? (
          <Note title={t.none} />
        ) : (
          <>
            <Table
              caption={t.caption}
              rows={node.events.nodes}
              keyOf={(e) => e.id}
              columns={[
                { head: t.title, place: 'title', cell: (e) => e.title },
                {
                  head: t.starts,
                  place: 'note',
                  cell: (e) => moment(e.startsAt, undefined, e.allDay ? { dateStyle: 'medium' } : undefined),
                },
                { head: t.kind, place: 'figure', cell: (e) => t.kinds[e.kind] },
                { head: t.project, place: 'wideOnly', cell: (e) => e.project?.name },
                {
                  head: t.shared,
                  place: 'state',
                  cell: (e) => <Status tone={e.shared ? 'good' : 'quiet'}>{e.shared ? t.isShared : t.isNotShared}</Status>,
                },
              ]}
            />
            <Pager page={node.events} at={at} onMove={(to) => navigate({ to: '.', search: to as never, resetScroll: false })} />
          </>
        )
      }
    </Loaded>
  );
}
