import { useState } from 'react';
import { useQuery } from 'urql';
import { day, moment } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { RecordsToExplainQuery } from '@/graphql/console/graphql';
import { Choices } from '@/ui/Choices';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note } from '@/ui/Page';
import { type PageOf, Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { ExplainedRecord } from './ExplainedRecord';
import { t } from './texts';

const Records = graphql(`
  query RecordsToExplain($clientId: ID!, $first: Int, $after: String, $last: Int, $before: String, $invoices: Boolean!, $tickets: Boolean!, $projects: Boolean!, $events: Boolean!) {
    node(id: $clientId) {
      ... on Client {
        id
        invoices(first: $first, after: $after, last: $last, before: $before) @include(if: $invoices) {
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
            issuedOn
          }
        }
        tickets(first: $first, after: $after, last: $last, before: $before) @include(if: $tickets) {
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
          }
        }
        projects(first: $first, after: $after, last: $last, before: $before) @include(if: $projects) {
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
          }
        }
        events(first: $first, after: $after, last: $last, before: $before) @include(if: $events) {
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          nodes {
            id
            title
            startsAt
          }
        }
      }
    }
  }
`);

const kinds = ['invoices', 'tickets', 'projects', 'events'] as const;
type Kind = (typeof kinds)[number];

interface RecordAccessProps {
  contactId: string;
  contactName: string;
  clientId: string;
  canChange: boolean;
  version: number;
}

/** The client's records, each with whether this contact sees it, why, and an exception where one is wanted. */
export function RecordAccess({ clientId, ...rest }: RecordAccessProps) {
  const [kind, setKind] = useState<Kind>('invoices');
  const [at, setAt] = useState<PageAt>({});
  const [query, ask] = useQuery({
    query: Records,
    variables: {
      clientId,
      ...pageVariables(at),
      invoices: kind === 'invoices',
      tickets: kind === 'tickets',
      projects: kind === 'projects',
      events: kind === 'events',
    },
  });
  return (
    <>
      <Choices
        label={t.recordKind}
        value={kind}
        onChoose={(value) => {
          setAt({});
          setKind(value);
        }}
        choices={kinds.map((value) => ({ value, label: t.recordKinds[value] }))}
      />
      <Loaded pageOf={kind} query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines />}>
        {({ node }) => {
          const page = node?.__typename === 'Client' ? listOf(node, kind) : null;
          if (!page) return <Lines />;
          return page.totalCount === 0 ? (
            <Note title={t.noRecords} />
          ) : (
            <>
              <ul aria-label={t.recordKinds[kind]}>
                {page.nodes.map((record) => (
                  <ExplainedRecord key={record.id} {...rest} recordId={record.id} title={record.title} />
                ))}
              </ul>
              <Pager page={page} at={at} onMove={setAt} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

type ClientWithRecords = Extract<NonNullable<RecordsToExplainQuery['node']>, { __typename?: 'Client' }>;

function listOf(client: ClientWithRecords, kind: Kind): (Omit<PageOf, 'nodes'> & { nodes: { id: string; title: string }[] }) | null {
  const { invoices, tickets, projects, events } = client;
  if (kind === 'invoices') {
    return invoices
      ? { ...invoices, nodes: invoices.nodes.map((i) => ({ id: i.id, title: `${i.number}${i.issuedOn ? ` · ${day(i.issuedOn)}` : ''}` })) }
      : null;
  }
  if (kind === 'tickets') {
    return tickets ? { ...tickets, nodes: tickets.nodes.map((w) => ({ id: w.id, title: `${w.number} · ${w.title}` })) } : null;
  }
  if (kind === 'projects') {
    return projects ? { ...projects, nodes: projects.nodes.map((p) => ({ id: p.id, title: p.name })) } : null;
  }
  return events
    ? {
        ...events,
        nodes: events.nodes.map((e) => ({ id: e.id, title: `${e.title} · ${moment(e.startsAt, undefined, { dateStyle: 'medium' })}` })),
      }
    : null;
}
