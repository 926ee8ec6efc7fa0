import { expect, test } from 'vitest';
import { contactFilterOf, parseBoard } from './boardSearch';

test('what the address does not know is left out', () => {
  expect(parseBoard({ show: 'toString', q: '', run: 7 })).toMatchObject({ show: undefined, q: undefined, run: '7' });
});

test('contacts are grouped by client unless a name or a detail is looked for', () => {
  expect(contactFilterOf({})).toBeNull();
  expect(contactFilterOf({ show: 'INVITED' })).toBeNull();
  expect(contactFilterOf({ show: 'INVITED', q: 'ann' })).toMatchObject({ search: 'ann', status: 'INVITED', detail: null });
  expect(contactFilterOf({ show: 'expired' })).toMatchObject({ search: null, status: null, detail: 'EXPIRED' });
});
