import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { CombinedError } from '@urql/core';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import styles from './Loaded.module.css';
import { Note } from './Page';
import { t } from './texts';

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
  children: (data: Data) => ReactNode;
}

/** What a query brought; until then a sketch of it, and when it failed what can be done. */
export function Loaded<Data>({ query, retry, skeleton = <Lines />, children }: LoadedProps<Data>) {
  const hasFailed = query.error !== undefined && !query.fetching;
  const tryAgain = useEffectEvent(retry);
  useEffect(() => {
    if (!hasFailed) return;
    const onOnline = () => tryAgain();
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, [hasFailed]);
  if (query.data) {
    return (
      <>
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
        {children(query.data)}
      </>
    );
  }
  if (query.error && hasFailed) {
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
