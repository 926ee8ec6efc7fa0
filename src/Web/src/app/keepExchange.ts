import type { CombinedError, Exchange, OperationResult } from '@urql/core';
import { map, pipe, tap } from 'wonka';

/**
 * What was read stays on the page until it is read anew. When that fails, the cache gives nothing beside an error; it stays where the
 * failure says nothing about the reader's rights, a refusal takes it off the page. And what the cache knows in part only it gives
 * with null for the rest, which would look like "there is none": that is nothing yet.
 */
export const keepExchange: Exchange =
  ({ forward }) =>
  (operations) => {
    const read = new Map<number, OperationResult['data']>();
    return pipe(
      operations,
      tap((operation) => {
        if (operation.kind === 'teardown') read.delete(operation.key);
      }),
      forward,
      map((result) => {
        const { kind, key } = result.operation;
        if (kind !== 'query') return result;
        if (result.stale && result.operation.context.meta?.cacheOutcome === 'partial') return { ...result, data: read.get(key) };
        if (!result.error) read.set(key, result.data);
        else if (!result.data && isPassing(result.error)) return { ...result, data: read.get(key) };
        else read.delete(key);
        return result;
      }),
    );
  };

/** Whether it may be gone when it is tried again: the portal was not reached, or failed by itself. */
function isPassing({ networkError, graphQLErrors, response }: CombinedError): boolean {
  if (response?.status === 401) return false;
  return networkError !== undefined || graphQLErrors.every((e) => e.extensions.code === 'INTERNAL' || e.extensions.code === 'UNAVAILABLE');
}
