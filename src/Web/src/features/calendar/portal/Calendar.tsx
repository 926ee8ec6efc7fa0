import { ActionIcon, Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayOf } from '@/app/formats';
import { usePortalQuery } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import { Choices } from '@/ui/Choices';
import { BackIcon, ForwardIcon } from '@/ui/icons';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import styles from './Calendar.module.css';
import { EventList } from './EventList';
import { MonthGrid } from './MonthGrid';
import { type CalendarSearch, firstDayOfWeek, isIn, shift, weeksOf } from './month';
import { t } from './texts';

const CalendarQuery = graphql(`
  query Calendar($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $from: DateTime, $to: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...CalendarOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...CalendarOfPortal
        }
      }
    }
  }
  fragment CalendarOfPortal on Portal {
    events(from: $from, to: $to, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        ...EventOfList
      }
    }
  }
`);

const today = () => dayOf(new Date());

export function Calendar() {
  const search: CalendarSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const month = search.month ?? today().slice(0, 7);
  const go = (to: CalendarSearch) => navigate({ to: '.', search: to as never, resetScroll: false });
  const isList = search.view === 'list';
  return (
    <Page title={t.calendar}>
      <div className={bar.bar}>
        {isList ? (
          <h2>{t.upcoming}</h2>
        ) : (
          <div className={styles.months}>
            <ActionIcon variant="default" size="lg" aria-label={t.before} onClick={() => go({ month: shift(month, -1) })}>
              <BackIcon />
            </ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={t.after} onClick={() => go({ month: shift(month, 1) })}>
              <ForwardIcon />
            </ActionIcon>
            <h2 className={styles.month} aria-live="polite">
              {new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' }).format(new Date(`${month}-01T12:00`))}
            </h2>
            {month !== today().slice(0, 7) && (
              <Button variant="subtle" size="compact-md" onClick={() => go({})}>
                {t.today}
              </Button>
            )}
          </div>
        )}
        <Choices
          label={t.view}
          value={search.view}
          onChoose={(view) => go({ view })}
          choices={[
            { value: undefined, label: t.month },
            { value: 'list', label: t.list },
          ]}
        />
      </div>
      {isList ? <Upcoming search={search} onMove={(at) => go({ view: 'list', ...at })} /> : <Month key={month} month={month} />}
      <p className={styles.zone}>
        {t.notice} ({Intl.DateTimeFormat().resolvedOptions().timeZone}).
      </p>
    </Page>
  );
}

function Month({ month }: { month: string }) {
  const weeks = useMemo(() => weeksOf(month, firstDayOfWeek()), [month]);
  const first = weeks[0]?.[0] as Date;
  const end = new Date(weeks.at(-1)?.at(-1) as Date);
  end.setDate(end.getDate() + 1);
  const { query, retry } = usePortalQuery(CalendarQuery, {
    from: first.toISOString(),
    to: end.toISOString(),
    first: 100,
    after: null,
    last: null,
    before: null,
  });
  return (
    <Loaded pageOf="list" query={query} retry={retry} skeleton={<Lines count={5} height="5.5rem" />}>
      {({ portal }) => {
        const events = portal?.events.nodes ?? [];
        const inMonth = events.filter((e) => isIn(month, e));
        const more = (portal?.events.totalCount ?? 0) - events.length;
        return (
          <>
            <MonthGrid month={month} weeks={weeks} events={events} />
            {more > 0 && <p className={styles.zone}>{t.notShown(more)}</p>}
            <div className={styles.below}>
              {inMonth.length === 0 ? (
                <Note title={t.none} />
              ) : (
                <Panel>
                  <EventList events={inMonth} />
                </Panel>
              )}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

function Upcoming({ search, onMove }: { search: CalendarSearch; onMove: (at: CalendarSearch) => void }) {
  const from = useMemo(() => new Date(`${today()}T00:00`).toISOString(), []);
  const { query, retry } = usePortalQuery(CalendarQuery, { from, to: null, ...pageVariables(search) });
  return (
    <Panel>
      <Loaded pageOf="list" query={query} retry={retry}>
        {({ portal }) =>
          portal && portal.events.totalCount > 0 ? (
            <>
              <EventList events={portal.events.nodes} />
              <Pager page={portal.events} at={search} onMove={onMove} />
            </>
          ) : (
            <Note title={t.noneAhead}>{t.noneHint}</Note>
          )
        }
      </Loaded>
    </Panel>
  );
}
