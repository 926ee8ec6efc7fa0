import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow } from './live';

interface Change {
  id: string;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function source() {
  const tries: { after: string | null; onEvent: (event: Change) => void; onEnd: () => void; stopped: boolean }[] = [];
  const listen = (after: string | null, onEvent: (event: Change) => void, onEnd: () => void) => {
    const one = { after, onEvent, onEnd, stopped: false };
    tries.push(one);
    return () => {
      one.stopped = true;
    };
  };
  return { tries, listen };
}

test('after an interruption it goes on behind the last event seen', () => {
  const { tries, listen } = source();
  const seen: string[] = [];
  follow({ listen, idOf: (e) => e.id, onEvent: (e) => seen.push(e.id), pause: () => 1_000 });

  tries[0]?.onEvent({ id: '7' });
  tries[0]?.onEnd();
  expect(tries).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  tries[1]?.onEvent({ id: '8' });

  expect(tries.map((t) => t.after)).toEqual([null, '7']);
  expect(seen).toEqual(['7', '8']);
});

test('it waits longer each time, until an event comes', () => {
  const { tries, listen } = source();
  const attempts: number[] = [];
  follow({ listen, idOf: (e) => e.id, pause: (attempt) => attempts.push(attempt) });

  for (let i = 0; i < 3; i++) {
    tries.at(-1)?.onEnd();
    vi.runOnlyPendingTimers();
  }
  tries.at(-1)?.onEvent({ id: '1' });
  tries.at(-1)?.onEnd();

  expect(attempts).toEqual([0, 1, 2, 0]);
});

test('once stopped it stays silent', () => {
  const { tries, listen } = source();
  const stop = follow({ listen, idOf: (e) => e.id });

  stop();
  tries[0]?.onEnd();
  vi.runAllTimers();

  expect(tries).toHaveLength(1);
  expect(tries[0]?.stopped).toBe(true);
});
