import { expect, test } from 'vitest';
import { daysOf, isIn, parseCalendarSearch, shift, weeksOf } from './month';

const days = (week: Date[] | undefined) => week?.map((d) => d.getDate());

test('a month is made of whole weeks that begin where the reader expects it', () => {
  const fromMonday = weeksOf('2026-11', 1);
  expect(fromMonday).toHaveLength(6);
  expect(days(fromMonday[0])).toEqual([26, 27, 28, 29, 30, 31, 1]);
  expect(days(fromMonday[5])).toEqual([30, 1, 2, 3, 4, 5, 6]);
  const fromSunday = weeksOf('2026-11', 7);
  expect(fromSunday).toHaveLength(5);
  expect(days(fromSunday[0])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(weeksOf('2021-02', 1)).toHaveLength(4);
});

test('months go on beyond the year', () => {
  expect(shift('2026-12', 1)).toBe('2027-01');
  expect(shift('2026-01', -1)).toBe('2025-12');
});

test('an event ends on the day of its last moment', () => {
  const at = (text: string) => new Date(text).toISOString();
  expect(daysOf({ startsAt: at('2026-03-01T22:00'), endsAt: at('2026-03-02T00:00'), allDay: false }).last.getDate()).toBe(1);
  expect(daysOf({ startsAt: at('2026-03-01T09:00'), endsAt: at('2026-03-01T09:00'), allDay: false }).last.getDate()).toBe(1);
  expect(daysOf({ startsAt: at('2026-03-01T08:00'), endsAt: at('2026-03-02T08:00'), allDay: true }).last.getDate()).toBe(1);
  expect(daysOf({ startsAt: at('2026-03-01T08:00'), endsAt: at('2026-03-04T08:00'), allDay: true }).last.getDate()).toBe(3);
});

test('an address that means no month shows the present one', () => {
  expect(parseCalendarSearch({ month: '2026-13', view: 'x' })).toMatchObject({ month: undefined, view: undefined });
});

test('an event belongs to every month in which it has a day', () => {
  const over = { startsAt: '2026-10-30T09:00:00', endsAt: '2026-12-02T09:00:00', allDay: false };
  expect(['2026-09', '2026-10', '2026-11', '2026-12', '2027-01'].filter((month) => isIn(month, over))).toEqual(['2026-10', '2026-11', '2026-12']);
});
