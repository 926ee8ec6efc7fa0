import { Button, VisuallyHidden } from '@mantine/core';
import { type PageAt, pageSize } from './paging';
import styles from './Pager.module.css';
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
    return <VisuallyHidden role="status">{t.found(totalCount)}</VisuallyHidden>;
  }
  return (
    <nav aria-label={t.pages} className={styles.pager}>
      <p className="quiet figures" role="status">
        {t.range(skipped + 1, skipped + nodes.length, totalCount)}
      </p>
      <div className={styles.ways}>
        <Way
          label={t.previous}
          isOpen={pageInfo.hasPreviousPage}
          onGo={() => onMove({ before: pageInfo.startCursor ?? undefined, skipped: Math.max(0, skipped - pageSize) })}
        />
        <Way
          label={t.next}
          isOpen={pageInfo.hasNextPage}
          onGo={() => onMove({ after: pageInfo.endCursor ?? undefined, skipped: skipped + nodes.length })}
        />
      </div>
    </nav>
  );
}

/** Keeps the focus at the end of the pages: a button that is switched off would lose it. */
function Way({ label, isOpen, onGo }: { label: string; isOpen: boolean; onGo: () => void }) {
  return (
    <Button variant="default" data-disabled={!isOpen} aria-disabled={!isOpen} onClick={() => isOpen && onGo()}>
      {label}
    </Button>
  );
}
