import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { onEnd, pipe, subscribe } from 'wonka';
import { socketOf } from './client';
import { follow } from './live';
import { checkSession } from './session';

/**
 * Follows a subscription that takes `after`. The cache takes in what it tells; onEvent is for the rest.
 * @returns whether it is connected, as far as is known.
 */
export function useLive<Data, Variables extends AnyVariables & { after?: string | null }>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  idOf: (data: Data) => string,
  onEvent?: (data: Data) => void,
): boolean {
  const client = useClient();
  const [isListening, setListening] = useState(true);
  const socket = socketOf(client);
  const state = useSyncExternalStore(socket.watch, socket.state);
  const key = JSON.stringify(variables);
  const handle = useEffectEvent((data: Data) => onEvent?.(data));
  const id = useEffectEvent((data: Data) => idOf(data));

  useEffect(
    () =>
      follow<Data>({
        idOf: (data) => id(data),
        onEvent: (data) => handle(data),
        onState: (isNow) => {
          setListening(isNow);
          // A socket does not say why it was closed or refused.
          if (!isNow) void checkSession(client);
        },
        listen: (after, tell, ended) =>
          pipe(
            client.subscription(document, { ...JSON.parse(key), after } as Variables),
            onEnd(ended),
            subscribe((result) => result.data && tell(result.data)),
          ).unsubscribe,
      }),
    [client, document, key],
  );
  // To listen again is not to be heard yet: only the open socket is.
  return isListening && state !== 'lost';
}
