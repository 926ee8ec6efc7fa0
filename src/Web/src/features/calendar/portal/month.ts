import { dayOf } from '@/app/formats';
import { type PageAt, parsePage } from '@/ui/paging';

export interface CalendarSearch extends PageAt {
  /** yyyy-mm */
  month?: string | undefined;
  view?: 'list' | undefined;
}

export function parseCalendarSearch(search: Record<string, unknown>): CalendarSearch {
  return {
    ...parsePage(search),
    month: typeof search.month === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(search.month) ? search.month : undefined,
    view: search.view === 'list' ? 'list' : undefined,
  };
}

/** The day on which weeks begin where the reader lives: 1 is Monday, 7 Sunday. */
export function firstDayOfWeek(locale = navigator.language): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1;
}

/** The weeks that a month touches, as days; those before and after it fill the first and the last. */
export function weeksOf(month: string, firstDay: number): Date[][] {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const first = new Date(year, number - 1, 1);
  const before = (first.getDay() - (firstDay % 7) + 7) % 7;
  const weeks: Date[][] = [];
  for (let start = 1 - before; start <= new Date(year, number, 0).getDate(); start += 7) {
    weeks.push(Array.from({ length: 7 }, (_, day) => new Date(year, number - 1, start + day)));
  }
  return weeks;
}

/** The month so many months away. */
export function shift(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const at = new Date(year, number - 1 + by, 1);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;
}

interface Times {
  startsAt: string;
  endsAt: string;
  allDay: boolean;
}

/** The first and the last day on which an event takes place, in the reader's time zone. */
export function daysOf({ startsAt, endsAt, allDay }: Times): { first: Date; last: Date } {
  const first = new Date(startsAt);
  const end = new Date(endsAt);
  if (allDay) {
    // Whole days are counted: their end is the beginning of the day after.
    const count = Math.max(1, Math.round((end.getTime() - first.getTime()) / 86_400_000));
    return { first, last: new Date(first.getFullYear(), first.getMonth(), first.getDate() + count - 1) };
  }
  return { first, last: end > first ? new Date(end.getTime() - 1) : first };
}

/** Whether an event takes place in a month, if only on one of its days. */
export function isIn(month: string, event: Times): boolean {
  const { first, last } = daysOf(event);
  return dayOf(first).slice(0, 7) <= month && month <= dayOf(last).slice(0, 7);
}
