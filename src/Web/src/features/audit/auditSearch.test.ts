import { expect, test } from 'vitest';
import { filterOf, parseAudit } from './auditSearch';

test('the last day is included as a whole, in the time zone of the reader', () => {
  const { from, to } = filterOf({ from: '2026-03-28', to: '2026-03-29' });

  expect(from).toBe(new Date(2026, 2, 28).toISOString());
  expect(to).toBe(new Date(2026, 2, 30).toISOString());
});

test('what is no day is left out', () => {
  expect(parseAudit({ from: '2026-3-1', to: 'x', action: '' })).toMatchObject({ from: undefined, to: undefined, action: undefined });
});
