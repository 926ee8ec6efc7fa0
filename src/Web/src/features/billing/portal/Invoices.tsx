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
import { InvoiceTable } from './InvoiceTable';
import { choices, filterOf, type InvoiceSearch } from './invoiceSearch';
import { t } from './texts';

const InvoicesQuery = graphql(`
  query Invoices($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: InvoiceFilter) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...InvoicesOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...InvoicesOfPortal
        }
      }
    }
  }
  fragment InvoicesOfPortal on Portal {
    invoices(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        ...InvoiceOfList
      }
    }
  }
`);

export function Invoices() {
  const search: InvoiceSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { query, retry } = usePortalQuery(InvoicesQuery, { ...pageVariables(search), filter: filterOf(search) });
  const go = useCallback(
    (to: InvoiceSearch, replace = false) => navigate({ to: '.', search: to as never, replace, resetScroll: false }),
    [navigate],
  );
  const { status } = search;
  const find = useCallback((q: string) => go({ q: q || undefined, status }, true), [go, status]);
  const isFiltered = search.q !== undefined || status !== undefined;
  return (
    <Page title={t.invoices}>
      <div className={bar.bar}>
        <Choices
          label={t.filter}
          value={status}
          onChoose={(value) => go({ q: search.q, status: value })}
          choices={[
            { value: undefined, label: t.all },
            ...(Object.keys(choices) as (keyof typeof choices)[]).map((value) => ({ value, label: t[value] })),
          ]}
        />
        <div className={bar.search}>
          <SearchField label={t.search} value={search.q ?? ''} onSearch={find} />
        </div>
      </div>
      <Panel>
        <Loaded pageOf="list" query={query} retry={retry} skeleton={<Lines count={8} />}>
          {({ portal }) =>
            !portal || portal.invoices.totalCount === 0 ? (
              isFiltered ? (
                <Note title={t.noneFound}>
                  <p>{t.noneFoundHint}</p>
                  <Button variant="default" mt="md" onClick={() => go({})}>
                    {t.showAll}
                  </Button>
                </Note>
              ) : (
                <Note title={t.none}>{t.noneHint}</Note>
              )
            ) : (
              <div className={query.stale ? bar.stale : ''}>
                <InvoiceTable invoices={portal.invoices.nodes} />
                <Pager page={portal.invoices} at={search} onMove={(at) => go({ q: search.q, status, ...at })} />
              </div>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
