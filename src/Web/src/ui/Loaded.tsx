import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { CombinedError } from '@urql/core';
import type { ReactNode } from 'react';
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
  if (query.data) {
    return children(query.data);
  }
  if (query.error && !query.fetching) {
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
