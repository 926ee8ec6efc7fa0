export interface Money {
  amount: number;
  currency: string;
}

const cached = new Map<string, Intl.NumberFormat>();

/** An amount as the reader's locale writes it; -0 is 0. */
export function money({ amount, currency }: Money, locale?: string): string {
  const key = `${locale}/${currency}`;
  const format = cached.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
  cached.set(key, format);
  return format.format(amount === 0 ? 0 : amount);
}

export function number(value: number, locale?: string): string {
  return value.toLocaleString(locale, { maximumFractionDigits: 4 });
}

/** A day without a time: the same day in every time zone. */
export function day(date: string, locale?: string, style: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** A moment in the reader's time zone. */
export function moment(
  instant: string,
  locale?: string,
  style: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  return new Intl.DateTimeFormat(locale, style).format(new Date(instant));
}

/** The day of a moment in the reader's time zone, as yyyy-mm-dd. */
export function dayOf(instant: string | Date): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** How many days from today; negative in the past. */
export function daysFromToday(date: string, today = dayOf(new Date())): number {
  return Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000);
}

/** "in 3 days", "yesterday". */
export function fromToday(date: string, locale?: string, today?: string): string {
  const days = daysFromToday(date, today);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return Math.abs(days) < 60 ? format.format(days, 'day') : format.format(Math.round(days / 30), 'month');
}
