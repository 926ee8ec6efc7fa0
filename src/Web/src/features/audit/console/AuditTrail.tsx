import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { moment } from '@/app/formats';
import { Needs } from '@/features/clients/console/Needs';
import { graphql } from '@/graphql/console';
import type { AuditTrailQuery } from '@/graphql/console/graphql';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { Table } from '@/ui/Table';
import { type AuditSearch, filterOf } from '../auditSearch';
import styles from './AuditTrail.module.css';
import { t } from './texts';

const AuditQuery = graphql(`
  query AuditTrail($first: Int, $after: String, $last: Int, $before: String, $filter: AuditFilter) {
    auditEvents(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        id
        at
        actor
        action
        summary
        subject {
          id
        }
      }
    }
  }
`);

export function AuditTrail() {
  return (
    <Needs permission="AUDIT_VIEW">
      <List />
    </Needs>
  );
}

/** Who did what, and when. */
function List() {
  const search: AuditSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { action, from, to } = search;
  const [query, ask] = useQuery({
    query: AuditQuery,
    requestPolicy: 'cache-and-network',
    variables: { ...pageVariables(search), filter: filterOf(search) },
  });
  const go = (next: AuditSearch) => navigate({ to: '.', search: next as never, resetScroll: false });
  return (
    <Page title={t.audit}>
      <div className={styles.bar}>
        <NativeSelect
          label={t.action}
          value={action ?? ''}
          onChange={(e) => go({ action: e.currentTarget.value || undefined, from, to })}
          data={[{ value: '', label: t.anyAction }, ...Object.entries(t.actions).map(([value, label]) => ({ value, label }))]}
        />
        <TextInput
          type="date"
          label={t.from}
          value={from ?? ''}
          onChange={(e) => go({ action, from: e.currentTarget.value || undefined, to })}
        />
        <TextInput
          type="date"
          label={t.to}
          value={to ?? ''}
          onChange={(e) => go({ action, from, to: e.currentTarget.value || undefined })}
        />
        {(action || from || to) && (
          <Button variant="subtle" onClick={() => go({})}>
            {t.showAll}
          </Button>
        )}
      </div>
      <Panel>
        <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={8} />}>
          {({ auditEvents }) =>
            auditEvents.totalCount === 0 ? (
              <Note title={t.none}>{t.noneHint}</Note>
            ) : (
              <div className={query.stale ? bar.stale : ''}>
                <Table
                  caption={t.caption}
                  rows={auditEvents.nodes}
                  keyOf={(e) => e.id}
                  columns={[
                    { head: t.summary, place: 'title', cell: (e) => <span className={styles.summary}>{e.summary}</span> },
                    {
                      head: t.action,
                      place: 'wideOnly',
                      cell: (e) => <span className={styles.small}>{t.actions[e.action as keyof typeof t.actions] ?? e.action}</span>,
                    },
                    { head: t.actor, place: 'state', cell: (e) => e.actor },
                    { head: t.at, place: 'note', cell: (e) => <time dateTime={e.at} className={styles.at}>{moment(e.at)}</time> },
                    { head: t.subject, place: 'figure', figure: true, cell: (e) => <Subject event={e} /> },
                  ]}
                />
                <Pager page={auditEvents} at={search} onMove={(at) => go({ action, from, to, ...at })} />
              </div>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function Subject({ event: { subject, summary } }: { event: AuditTrailQuery['auditEvents']['nodes'][number] }) {
  if (!subject) return null;
  const to = subject.__typename === 'Client' ? '/console/clients/$id' : subject.__typename === 'Contact' ? '/console/contacts/$id' : null;
  return (
    to && (
      <Link to={to} params={{ id: subject.id }} aria-label={t.openOf(summary)}>
        {t.open}
      </Link>
    )
  );
}
