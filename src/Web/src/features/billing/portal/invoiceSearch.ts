import type { InvoiceFilter, InvoiceStatus } from '@/graphql/portal/graphql';
import { type PageAt, parsePage } from '@/ui/paging';

/** What can be chosen, and which statuses it means. */
export const choices = {
  open: ['ISSUED', 'PARTIALLY_PAID', 'OVERDUE'],
  overdue: ['OVERDUE'],
  paid: ['PAID'],
  void: ['VOID'],
} as const satisfies Record<string, InvoiceStatus[]>;

export type Choice = keyof typeof choices;

export interface InvoiceSearch extends PageAt {
  q?: string | undefined;
  status?: Choice | undefined;
}

export function parseInvoiceSearch(search: Record<string, unknown>): InvoiceSearch {
  return {
    ...parsePage(search),
    q: search.q === undefined || search.q === '' ? undefined : String(search.q),
    status: typeof search.status === 'string' && Object.hasOwn(choices, search.status) ? (search.status as Choice) : undefined,
  };
}

export function filterOf({ q, status }: InvoiceSearch): InvoiceFilter {
  return { search: q ?? null, status: status ? [...choices[status]] : null };
}
