import { day } from '@/app/formats';
import type { ProjectStatus as State } from '@/graphql/portal/graphql';
import { Status, type Tone } from '@/ui/Status';
import styles from './Projects.module.css';
import { t } from './texts';

const tones: Record<State, Tone> = { PLANNED: 'quiet', ACTIVE: 'accent', ON_HOLD: 'warn', COMPLETED: 'good', CANCELLED: 'quiet' };

export function ProjectStatus({ status }: { status: State }) {
  return <Status tone={tones[status]}>{t.statuses[status]}</Status>;
}

/** How far it is, as a bar and in words. */
export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={`${t.progress}: ${label}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value}
      >
        <div className={styles.bar} style={{ width: `${value}%` }} />
      </div>
      <span className="figures">{t.percent(value)}</span>
    </div>
  );
}

export function Period({ startsOn, dueOn }: { startsOn: string | null; dueOn: string | null }) {
  const parts = [startsOn && t.from(day(startsOn)), dueOn && t.until(day(dueOn))].filter(Boolean);
  return parts.length > 0 && <p className={styles.period}>{parts.join(' ')}</p>;
}
