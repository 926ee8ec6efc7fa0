import type { ContactFilter, InvitationStatus } from '@/graphql/console/graphql';
import { type ListSearch, oneOf, parseList, textOf } from '@/ui/search';

export const shows = ['NOT_INVITED', 'INVITED', 'ONBOARDED', 'failed', 'expired'] as const;
export type Show = (typeof shows)[number];

export interface BoardSearch extends ListSearch {
  show?: Show | undefined;
  /** The bulk run whose progress is shown. */
  run?: string | undefined;
}

export function parseBoard(search: Record<string, unknown>): BoardSearch {
  return { ...parseList(search), show: oneOf(shows, search.show), run: textOf(search.run) };
}

/** The status that a choice stands for; the others stand for a detail. */
export function statusOf(show: Show | undefined): InvitationStatus | null {
  return show === 'failed' || show === 'expired' ? null : (show ?? null);
}

/** Contacts are listed without their clients' order when they are looked for by themselves; null when they are grouped. */
export function contactFilterOf({ q, show }: BoardSearch): ContactFilter | null {
  const detail = show === 'failed' ? 'DELIVERY_FAILED' : show === 'expired' ? 'EXPIRED' : null;
  return q || detail ? { search: q ?? null, clientId: null, status: statusOf(show), detail } : null;
}
