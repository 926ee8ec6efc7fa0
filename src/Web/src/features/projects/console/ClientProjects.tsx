import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { day, money } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { ProjectStatus } from '@/graphql/console/graphql';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { Status, type Tone } from '@/ui/Status';
import { Table } from '@/ui/Table';
import { t } from './texts';

const ProjectsQuery = graphql(`
  query ClientProjects($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $id) {
      ... on Client {
        id
        projects(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          nodes {
            id
            name
            status
            progress
            startsOn
            dueOn
            budget {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

const tones: Record<ProjectStatus, Tone> = { PLANNED: 'quiet', ACTIVE: 'accent', ON_HOLD: 'warn', COMPLETED: 'good', CANCELLED: 'quiet' };

/** A client's projects, with what staff alone see of them. */
export function ClientProjects() {
  const { id = '' } = useParams({ strict: false });
  const at: PageAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({ query: ProjectsQuery, requestPolicy: 'cache-and-network', variables: { id, ...pageVariables(at) } });
  return (
    <Loaded pageOf={id} query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={4} />}>
      {({ node }) =>
        node?.__typename !== 'Client' || node.projects.totalCount === 0 ? (
          <Note title={t.noProjects} />
        ) : (
          <>
            <Table
              caption={t.projects}
              rows={node.projects.nodes}
              keyOf={(p) => p.id}
              columns={[
                { head: t.name, place: 'title', cell: (p) => p.name },
                { head: t.starts, place: 'wideOnly', cell: (p) => p.startsOn && day(p.startsOn) },
                { head: t.due, place: 'note', cell: (p) => p.dueOn && day(p.dueOn) },
                { head: t.status, place: 'state', cell: (p) => <Status tone={tones[p.status]}>{t.statuses[p.status]}</Status> },
                { head: t.progress, place: 'figure', figure: true, cell: (p) => t.percent(p.progress) },
                { head: t.budget, place: 'wideOnly', figure: true, cell: (p) => p.budget && money(p.budget) },
              ]}
            />
            <Pager page={node.projects} at={at} onMove={(to) => navigate({ to: '.', search: to as never, resetScroll: false })} />
          </>
        )
      }
    </Loaded>
  );
}
