import { type PageAt, parsePage } from './paging';

/** A text from the address; nothing when it is empty. A search for a number comes as a number. */
export function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;
}

/** One of a few words from the address; anything else there is as good as nothing. */
export function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((v) => v === value);
}

export interface ListSearch extends PageAt {
  q?: string | undefined;
}

export function parseList(search: Record<string, unknown>): ListSearch {
  return { ...parsePage(search), q: textOf(search.q) };
}
