import { dayOf } from '@/app/formats';
import type { EventOfListFragment } from '@/graphql/portal/graphql';
import styles from './Calendar.module.css';
import { when } from './EventList';
import { daysOf } from './month';
import { t } from './texts';

const mostInCell = 3;

/** A month as a table of weeks. On a narrow screen days carry dots; the list below it has the words. */
export function MonthGrid({ month, weeks, events }: { month: string; weeks: Date[][]; events: readonly EventOfListFragment[] }) {
  const byDay = new Map<string, EventOfListFragment[]>();
  for (const event of events) {
    const { first, last } = daysOf(event);
    for (let day = new Date(first.getFullYear(), first.getMonth(), first.getDate()); day <= last; day.setDate(day.getDate() + 1)) {
      byDay.set(dayOf(day), [...(byDay.get(dayOf(day)) ?? []), event]);
    }
  }
  const weekday = (style: 'long' | 'short') => new Intl.DateTimeFormat(undefined, { weekday: style });
  return (
    <table className={styles.grid}>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day.getDay()} scope="col" abbr={weekday('long').format(day)}>
              {weekday('short').format(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={dayOf(week[0] as Date)}>
            {week.map((day) => {
              const date = dayOf(day);
              const here = byDay.get(date) ?? [];
              return (
                <td key={date} className={date.startsWith(month) ? '' : styles.outside}>
                  <time dateTime={date} className={styles.number} aria-current={date === dayOf(new Date()) ? 'date' : undefined}>
                    {day.getDate()}
                  </time>
                  <ul>
                    {here.slice(0, mostInCell).map((event) => (
                      <li key={event.id} className={`${styles.entry} ${styles[event.kind]}`} title={`${event.title}, ${when(event)}`}>
                        {event.title}
                      </li>
                    ))}
                  </ul>
                  {here.length > mostInCell && <p className={styles.more}>{t.more(here.length - mostInCell)}</p>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
