import type { TicketFilter } from '@/graphql/portal/graphql';
import { type PageAt, parsePage } from '@/ui/paging';

export interface WorkSearch extends PageAt {
  q?: string | undefined;
  status?: 'pending' | 'invoiced' | undefined;
}

export function parseWorkSearch(search: Record<string, unknown>): WorkSearch {
  return {
    ...parsePage(search),
    q: search.q === undefined || search.q === '' ? undefined : String(search.q),
    status: search.status === 'pending' || search.status === 'invoiced' ? search.status : undefined,
  };
}

export function filterOf({ q, status }: WorkSearch): TicketFilter {
  return { search: q ?? null, status: status ? [status === 'pending' ? 'APPROVED' : 'INVOICED'] : null, projectId: null };
}
