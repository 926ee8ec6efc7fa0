/** One try to listen: tells of events and of its end, and can be stopped. */
export type Listen<Event> = (after: string | null, onEvent: (event: Event) => void, onEnd: () => void) => () => void;

interface Options<Event> {
  listen: Listen<Event>;
  idOf: (event: Event) => string;
  onEvent?: (event: Event) => void;
  onState?: (isLive: boolean) => void;
  /** How long to wait before the n-th try in a row. */
  pause?: (attempt: number) => number;
}

const doubling = (attempt: number) => Math.min(15_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

/** Listens for good: after an interruption it goes on behind the last event that it has seen, so that none is missed. */
export function follow<Event>({ listen, idOf, onEvent, onState, pause = doubling }: Options<Event>): () => void {
  let last: string | null = null;
  let attempt = 0;
  let stop = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function start() {
    clearTimeout(timer);
    timer = undefined;
    onState?.(true);
    stop = listen(
      last,
      (event) => {
        attempt = 0;
        last = idOf(event);
        onEvent?.(event);
      },
      () => {
        if (stopped) return;
        onState?.(false);
        timer = setTimeout(start, pause(attempt++));
      },
    );
  }

  // Back on the network: no reason to wait any longer.
  const onOnline = () => timer !== undefined && start();
  globalThis.addEventListener?.('online', onOnline);
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    globalThis.removeEventListener?.('online', onOnline);
    stop();
  };
}
