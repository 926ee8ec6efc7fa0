import { type Client, createClient } from 'graphql-ws';

/** idle: nobody listens, or nothing is known yet. lost: it broke off, and is tried again as long as somebody listens. */
export type SocketState = 'idle' | 'open' | 'lost';

export interface Socket {
  subscribe: Client['subscribe'];
  state: () => SocketState;
  /** Tells when the state is another one. */
  watch: (onChange: () => void) => () => void;
}

const normal = 1_000;

/** The socket of live changes. A network that swallows everything is found out by asking the host now and then. */
export function createSocket(url: string): Socket {
  let state: SocketState = 'idle';
  let silence: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();

  function become(next: SocketState) {
    state = next;
    for (const watcher of watchers) watcher();
  }

  const client = createClient({
    url,
    lazy: true,
    lazyCloseTimeout: 3_000,
    retryAttempts: 0, // whoever listens asks anew, from the last event seen on
    keepAlive: 10_000,
    on: {
      connected: () => become('open'),
      ping: (isReceived) => {
        if (!isReceived) silence = setTimeout(() => client.terminate(), 5_000);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(silence);
      },
      closed: (event) => {
        clearTimeout(silence);
        become((event as CloseEvent).code === normal ? 'idle' : 'lost');
      },
    },
  });
  return {
    subscribe: client.subscribe,
    state: () => state,
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}
