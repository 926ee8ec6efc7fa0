import type { ClientFilter, ClientOrder } from '@/graphql/console/graphql';
import { type ListSearch, oneOf, parseList } from '@/ui/search';

/** What can be chosen, and which filter it means. */
export const choices = {
  active: { status: 'ACTIVE', internal: false },
  inactive: { status: 'INACTIVE' },
  internal: { internal: true },
  waiting: { invitationStatus: 'NOT_INVITED', status: 'ACTIVE', internal: false },
} as const satisfies Record<string, Partial<ClientFilter>>;

export type Choice = keyof typeof choices;

export const orders = ['NAME', 'NUMBER', 'NEWEST'] as const satisfies ClientOrder[];

export interface ClientSearch extends ListSearch {
  show?: Choice | undefined;
  order?: ClientOrder | undefined;
}

export function parseClients(search: Record<string, unknown>): ClientSearch {
  return {
    ...parseList(search),
    show: oneOf(Object.keys(choices) as Choice[], search.show),
    order: oneOf(orders, search.order),
  };
}

export function filterOf({ q, show }: ClientSearch): ClientFilter {
  return { search: q ?? null, status: null, internal: null, invitationStatus: null, ...(show && choices[show]) };
}
