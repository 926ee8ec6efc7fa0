/** Which page of a list is shown, as it stands in the address: behind or before a cursor, and how many come before it. */
export interface PageAt {
  after?: string | undefined;
  before?: string | undefined;
  skipped?: number | undefined;
}

export const pageSize = 20;

export function pageVariables({ after, before }: PageAt) {
  return before
    ? { first: null, after: null, last: pageSize, before }
    : { first: pageSize, after: after ?? null, last: null, before: null };
}

/** Reads a page from the address; anything else there is as good as nothing. */
export function parsePage(search: Record<string, unknown>): PageAt {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    after: text(search.after),
    before: text(search.before),
    skipped: typeof search.skipped === 'number' ? search.skipped : undefined,
  };
}
