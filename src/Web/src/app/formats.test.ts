import { expect, test } from 'vitest';
import { day, daysFromToday, fromToday, money } from './formats';

test('money is written as the locale and the currency want it', () => {
  expect(money({ amount: 1234.5, currency: 'EUR' }, 'en')).toBe('€1,234.50');
  expect(money({ amount: 1234.5, currency: 'EUR' }, 'de')).toBe('1.234,50\u00a0€');
  expect(money({ amount: 1234, currency: 'JPY' }, 'en')).toBe('¥1,234');
  expect(money({ amount: -0, currency: 'USD' }, 'en')).toBe('$0.00');
});

test('a day is the same day in every time zone', () => {
  expect(day('2026-03-01', 'en')).toBe('Mar 1, 2026');
});

test('days are counted across a change of the clocks', () => {
  expect(daysFromToday('2026-03-30', '2026-03-28')).toBe(2);
  expect(daysFromToday('2026-03-27', '2026-03-28')).toBe(-1);
  expect(fromToday('2026-03-29', 'en', '2026-03-28')).toBe('tomorrow');
  expect(fromToday('2026-01-01', 'en', '2026-06-30')).toBe('6 months ago');
});
