import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { CombinedError } from '@urql/core';
import { type ReactNode, useState } from 'react';
import bar from './ListBar.module.css';
import styles from './Loaded.module.css';
import { Note } from './Page';
import { t } from './texts';
import { useOnline } from './useOnline';

/** What urql tells of a query, as far as it is shown. */
export interface QueryState<Data> {
  data?: Data | undefined;
  error?: CombinedError | undefined;
  fetching: boolean;
  stale: boolean;
}

interface LoadedProps<Data> {
  query: QueryState<Data>;
  retry: () => void;
  skeleton?: ReactNode;
  /** Names the list of which this is a page: the one before stays, paled, until it is there. A sketch would take the focus from the pager. */
  pageOf?: string;
  children: (data: Data) => ReactNode;
}

/** What a query brought; until then a sketch of it, and when it failed what can be done. */
export function Loaded<Data>({ query, retry, skeleton = <Lines />, pageOf, children }: LoadedProps<Data>) {
  const hasFailed = query.error !== undefined && !query.fetching;
  const [kept, setKept] = useState<{ pageOf: string | undefined; data: Data }>();
  if (query.data && query.data !== kept?.data) setKept({ pageOf, data: query.data });
  useOnline(hasFailed, retry);
  if (query.error && hasFailed && !query.data) {
    return (
      <div role="alert">
        <Note title={t.failed}>
          <p>{describe(query.error)}</p>
          <Button variant="default" mt="md" onClick={retry}>
            {t.retry}
          </Button>
        </Note>
      </div>
    );
  }
  const data = query.data ?? (pageOf !== undefined && kept?.pageOf === pageOf ? kept.data : undefined);
  if (data) {
    return (
      <div aria-busy={!query.data} className={query.data ? '' : bar.stale}>
        {query.error && (
          <div role="alert" className={styles.old}>
            <p>
              {t.old} {describe(query.error)}
            </p>
            <Button variant="default" size="compact-md" loading={query.fetching} onClick={retry}>
              {t.retry}
            </Button>
          </div>
        )}
        {children(data)}
      </div>
    );
  }
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t.loading}</VisuallyHidden>
      {skeleton}
    </div>
  );
}

/** What is wrong, for whoever asked. */
export function describe(error: CombinedError): string {
  if (error.networkError && !error.response) {
    return t.offlineShort;
  }
  const first = error.graphQLErrors[0];
  const id = first?.extensions.id;
  return first && first.extensions.code !== 'INTERNAL' ? first.message : t.unexpected(typeof id === 'string' ? id : undefined);
}

export function Lines({ count = 4, height = '2.75rem' }: { count?: number; height?: string }) {
  return Array.from({ length: count }, (_, line) => <Skeleton key={line} h={height} mb="sm" radius="md" />);
}
