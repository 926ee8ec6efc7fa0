import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { moment } from '@/app/formats';
import { Needs } from '@/features/clients/console/Needs';
import { graphql } from '@/graphql/console';
import type { EmailState } from '@/graphql/console/graphql';
import { Choices } from '@/ui/Choices';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { SearchField } from '@/ui/SearchField';
import { Status, type Tone } from '@/ui/Status';
import { Table } from '@/ui/Table';
import { type EmailSearch, states } from '../emailSearch';
import styles from './Emails.module.css';
import { t } from './texts';

const EmailsQuery = graphql(`
  query Emails($first: Int, $after: String, $last: Int, $before: String, $filter: EmailFilter) {
    emails(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        id
        recipient
        subject
        state
        attempts
        lastError
        notBefore
        sentAt
      }
    }
  }
`);

const tones: Record<EmailState, Tone> = { QUEUED: 'accent', SENT: 'good', FAILED: 'bad', SUPPRESSED: 'quiet' };

export function Emails() {
  return (
    <Needs permission="CLIENTS_INVITE">
      <List />
    </Needs>
  );
}

/** Every mail that was sent, is to be sent, or was given up. */
function List() {
  const search: EmailSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [query, ask] = useQuery({
    query: EmailsQuery,
    requestPolicy: 'cache-and-network',
    variables: { ...pageVariables(search), filter: { state: search.state ?? null, recipient: search.q?.includes('@') ? search.q : null } },
  });
  const go = useCallback(
    (to: EmailSearch, replace = false) => navigate({ to: '.', search: to as never, replace, resetScroll: false }),
    [navigate],
  );
  const { state, q } = search;
  const find = useCallback((text: string) => go({ q: text || undefined, state }, true), [go, state]);
  return (
    <Page title={t.mail}>
      <div className={bar.bar}>
        <Choices
          label={t.filter}
          value={state}
          onChoose={(value) => go({ q, state: value })}
          choices={[{ value: undefined, label: t.all }, ...states.map((value) => ({ value, label: t.states[value] }))]}
        />
        <div className={bar.search}>
          <SearchField label={t.search} value={q ?? ''} onSearch={find} />
        </div>
      </div>
      <Panel>
        <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={8} />}>
          {({ emails }) =>
            emails.totalCount === 0 ? (
              <Note title={q || state ? t.noneFound : t.none}>
                {(q || state) && (
                  <>
                    <p>{t.noneFoundHint}</p>
                    <Button variant="default" mt="md" onClick={() => go({})}>
                      {t.showAll}
                    </Button>
                  </>
                )}
              </Note>
            ) : (
              <div className={query.stale ? bar.stale : ''}>
                <Table
                  caption={t.caption}
                  rows={emails.nodes}
                  keyOf={(e) => e.id}
                  columns={[
                    {
                      head: t.recipient,
                      place: 'title',
                      cell: (e) => (
                        <>
                          {e.recipient}
                          {e.lastError && <span className={styles.error}>{e.lastError}</span>}
                        </>
                      ),
                    },
                    { head: t.subject, place: 'wideOnly', cell: (e) => e.subject },
                    { head: t.state, place: 'state', cell: (e) => <Status tone={tones[e.state]}>{t.states[e.state]}</Status> },
                    {
                      head: t.when,
                      place: 'note',
                      cell: (e) => (e.sentAt ? moment(e.sentAt) : e.notBefore && t.next(moment(e.notBefore))),
                    },
                    {
                      head: t.attempts,
                      place: 'figure',
                      figure: true,
                      cell: (e) => (
                        <>
                          <span className={styles.wide}>{e.attempts}</span>
                          <span className={styles.narrow}>{t.attemptsOf(e.attempts)}</span>
                        </>
                      ),
                    },
                  ]}
                />
                <Pager page={emails} at={search} onMove={(at) => go({ q, state, ...at })} />
              </div>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
