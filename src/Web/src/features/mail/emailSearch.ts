import type { EmailState } from '@/graphql/console/graphql';
import { type ListSearch, oneOf, parseList } from '@/ui/search';

export const states = ['QUEUED', 'SENT', 'FAILED', 'SUPPRESSED'] as const satisfies EmailState[];

export interface EmailSearch extends ListSearch {
  state?: EmailState | undefined;
}

export function parseEmails(search: Record<string, unknown>): EmailSearch {
  return { ...parseList(search), state: oneOf(states, search.state) };
}
