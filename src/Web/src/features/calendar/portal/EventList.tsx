import { dayOf, moment } from '@/app/formats';
import { graphql } from '@/graphql/portal';
import type { EventOfListFragment } from '@/graphql/portal/graphql';
import styles from './EventList.module.css';
import { daysOf } from './month';
import { t } from './texts';

graphql(`
  fragment EventOfList on Event {
    id
    kind
    title
    description
    location
    startsAt
    endsAt
    allDay
  }
`);

/** Dates, each with its day as on a leaf of a calendar. */
export function EventList({ events }: { events: readonly EventOfListFragment[] }) {
  return (
    <ol className={styles.list}>
      {events.map((event) => (
        <li key={event.id} className={styles.event}>
          <time dateTime={event.startsAt} className={styles.leaf}>
            <span className={styles.month}>{moment(event.startsAt, undefined, { month: 'short' })}</span>
            <span className={styles.day}>{moment(event.startsAt, undefined, { day: 'numeric' })}</span>
          </time>
          <div>
            <p className={styles.title}>{event.title}</p>
            <p className={styles.detail}>{[t.kinds[event.kind], when(event), event.location].filter(Boolean).join(' · ')}</p>
            {event.description && <p className={styles.description}>{event.description}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** "Fri, 10:00 – 11:00", "Fri – Sun, all day". */
export function when(event: EventOfListFragment): string {
  const { first, last } = daysOf(event);
  // The leaf shows day and month; the year only where it is another one.
  const weekday: Intl.DateTimeFormatOptions =
    first.getFullYear() === new Date().getFullYear() ? { weekday: 'short' } : { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
  if (dayOf(first) !== dayOf(last)) {
    return new Intl.DateTimeFormat(undefined, {
      day: 'numeric',
      month: 'short',
      ...(event.allDay ? {} : { hour: '2-digit', minute: '2-digit' }),
    }).formatRange(first, event.allDay ? last : new Date(event.endsAt));
  }
  return event.allDay
    ? `${new Intl.DateTimeFormat(undefined, weekday).format(first)}, ${t.allDay}`
    : new Intl.DateTimeFormat(undefined, { ...weekday, hour: '2-digit', minute: '2-digit' }).formatRange(first, new Date(event.endsAt));
}
