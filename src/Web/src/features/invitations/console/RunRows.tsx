import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { moment } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { RunRowsQuery } from '@/graphql/console/graphql';
import { Lines, Loaded } from '@/ui/Loaded';
import styles from './Run.module.css';
import { t } from './texts';

const Rows = graphql(`
  query RunRows($id: ID!, $after: String, $skipped: Boolean) {
    bulkInvitation(id: $id) {
      id
      rows(first: 50, after: $after, skipped: $skipped) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          skipped
          detail
          retryAt
          contact {
            id
            name
            email
            client {
              id
              name
            }
          }
        }
      }
    }
  }
`);

interface RowsProps {
  id: string;
  skipped: boolean;
  version: number;
}

/** What became of each contact of a run, fifty at a time: those skipped, or the others. */
export function RunRows(props: RowsProps) {
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  return (
    <ul aria-label={t.rows} className={styles.rows}>
      {starts.map((after) => (
        <RowsFrom
          key={after}
          {...props}
          after={after}
          onMore={after === starts.at(-1) ? (next) => setStarts((before) => [...before, next]) : undefined}
        />
      ))}
    </ul>
  );
}

function RowsFrom({
  id,
  skipped,
  version,
  after,
  onMore,
}: RowsProps & { after: string | null; onMore: ((next: string) => void) | undefined }) {
  const [query, ask] = useQuery({ query: Rows, variables: { id, after, skipped }, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    if (version > 0) ask({ requestPolicy: 'network-only' });
  }, [version, ask]);
  const rows = query.data?.bulkInvitation?.rows;
  const next = rows?.pageInfo.hasNextPage ? rows.pageInfo.endCursor : null;
  if (!rows) {
    return (
      <li>
        <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={3} height="1.5rem" />}>
          {() => null}
        </Loaded>
      </li>
    );
  }
  return (
    <>
      {rows.nodes.map((row) => (
        <li key={row.contact.id} className={styles.row}>
          <span>
            <Link to="/console/contacts/$id" params={{ id: row.contact.id }}>
              {row.contact.name}
            </Link>{' '}
            <span className={styles.small}>{row.contact.client.name}</span>
          </span>
          <span className={styles.small}>{wordsOf(row)}</span>
        </li>
      ))}
      {next && onMore && (
        <li>
          <Button variant="default" size="compact-md" onClick={() => onMore(next)}>
            {t.more}
          </Button>
        </li>
      )}
    </>
  );
}

function wordsOf({ skipped, detail, retryAt }: NonNullable<RunRowsQuery['bulkInvitation']>['rows']['nodes'][number]): string {
  if (skipped) return t.reasons[skipped];
  const words = detail ? t.details[detail] : t.doneRow;
  return retryAt ? `${words}. ${t.retryAt(moment(retryAt))}` : words;
}
