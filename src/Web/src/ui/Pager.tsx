import { Button } from '@mantine/core';
import { type PageAt, pageSize } from './paging';
import { t } from './texts';

export interface PageOf {
  nodes: readonly unknown[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor?: string | null; endCursor?: string | null };
}

/** "21–40 of 134", and the way to the pages beside this one. */
export function Pager({ page, at, onMove }: { page: PageOf; at: PageAt; onMove: (to: PageAt) => void }) {
  const { pageInfo, nodes, totalCount } = page;
  // On the way back to the start the pages may come out shifted; the first one begins at the first all the same.
  const skipped = pageInfo.hasPreviousPage ? (at.skipped ?? 0) : 0;
  if (!pageInfo.hasNextPage && !pageInfo.hasPreviousPage) {
    return null;
  }
  return (
    <nav
      aria-label={t.pages}
      style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '1rem', marginTop: '1rem' }}
    >
      <p className="quiet figures" role="status">
        {t.range(skipped + 1, skipped + nodes.length, totalCount)}
      </p>
        <div style={{ display: 'flex', gap: '0.5rem' }}>
          <Button
            variant="default"
            disabled={!pageInfo.hasPreviousPage}
            onClick={() => onMove({ before: pageInfo.startCursor ?? undefined, skipped: Math.max(0, skipped - pageSize) })}
          >
            {t.previous}
          </Button>
          <Button
            variant="default"
            disabled={!pageInfo.hasNextPage}
            onClick={() => onMove({ after: pageInfo.endCursor ?? undefined, skipped: skipped + nodes.length })}
          >
            {t.next}
          </Button>
        </div>
    </nav>
  );
}
