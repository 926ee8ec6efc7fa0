import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { usePortalQuery } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import { Choices } from '@/ui/Choices';
import bar from '@/ui/ListBar.module.css';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { pageVariables } from '@/ui/paging';
import { SearchField } from '@/ui/SearchField';
import { TicketTable } from './TicketTable';
import { t } from './texts';
import { filterOf, type WorkSearch } from './workSearch';

const WorkQuery = graphql(`
  query Work($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: TicketFilter) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...WorkOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...WorkOfPortal
        }
      }
    }
  }
  fragment WorkOfPortal on Portal {
    tickets(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        ...TicketOfList
      }
    }
  }
`);

export function Work() {
  const search: WorkSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { query, retry } = usePortalQuery(WorkQuery, { ...pageVariables(search), filter: filterOf(search) });
  const go = useCallback(
    (to: WorkSearch, replace = false) => navigate({ to: '.', search: to as never, replace, resetScroll: false }),
    [navigate],
  );
  const { status } = search;
  const find = useCallback((q: string) => go({ q: q || undefined, status }, true), [go, status]);
  return (
    <Page title={t.work}>
      <div className={bar.bar}>
        <Choices
          label={t.filter}
          value={status}
          onChoose={(value) => go({ q: search.q, status: value })}
          choices={[
            { value: undefined, label: t.all },
            { value: 'pending', label: t.pending },
            { value: 'invoiced', label: t.invoiced },
          ]}
        />
        <div className={bar.search}>
          <SearchField label={t.search} value={search.q ?? ''} onSearch={find} />
        </div>
      </div>
      <Panel>
        <Loaded pageOf="list" query={query} retry={retry} skeleton={<Lines count={8} />}>
          {({ portal }) =>
            portal && portal.tickets.totalCount > 0 ? (
              <div className={query.stale ? bar.stale : ''}>
                <TicketTable tickets={portal.tickets.nodes} />
                <Pager page={portal.tickets} at={search} onMove={(at) => go({ q: search.q, status, ...at })} />
              </div>
            ) : search.q || status ? (
              <Note title={t.noneFound}>
                <p>{t.noneFoundHint}</p>
                <Button variant="default" mt="md" onClick={() => go({})}>
                  {t.showAll}
                </Button>
              </Note>
            ) : (
              <Note title={t.noWork}>{t.noWorkHint}</Note>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
