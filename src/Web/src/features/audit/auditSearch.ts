import type { AuditFilter } from '@/graphql/console/graphql';
import { type PageAt, parsePage } from '@/ui/paging';
import { textOf } from '@/ui/search';

export interface AuditSearch extends PageAt {
  action?: string | undefined;
  /** Days as yyyy-mm-dd, both included, in the reader's time zone. */
  from?: string | undefined;
  to?: string | undefined;
}

const dayOf = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

export function parseAudit(search: Record<string, unknown>): AuditSearch {
  return { ...parsePage(search), action: textOf(search.action), from: dayOf(search.from), to: dayOf(search.to) };
}

export function filterOf({ action, from, to }: AuditSearch): AuditFilter {
  return { subjectId: null, action: action ?? null, from: startOf(from, 0), to: startOf(to, 1) };
}

/** When a day begins, or one that many days later. */
function startOf(day: string | undefined, later: number): string | null {
  if (!day) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
