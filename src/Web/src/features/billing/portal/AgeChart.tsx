import { money } from '@/app/formats';
import { graphql } from '@/graphql/portal';
import type { AgesFragment } from '@/graphql/portal/graphql';
import styles from './AgeChart.module.css';
import { t } from './texts';

graphql(`
  fragment Ages on OutstandingByAge {
    currency
    notDue {
      amount
      currency
    }
    days1To30 {
      amount
      currency
    }
    days31To60 {
      amount
      currency
    }
    days61To90 {
      amount
      currency
    }
    over90 {
      amount
      currency
    }
  }
`);

/** What is outstanding by age: a table whose rows carry bars, so that it says the same to those who do not see them. */
export function AgeChart({ ages }: { ages: readonly AgesFragment[] }) {
  return ages.map((age) => {
    // Of several currencies only what there is is told: five lines each would push all else off the screen.
    const rows = [
      { label: t.age0, value: age.notDue, tone: styles.calm },
      { label: t.age1, value: age.days1To30, tone: styles.late },
      { label: t.age2, value: age.days31To60, tone: styles.late },
      { label: t.age3, value: age.days61To90, tone: styles.late },
      { label: t.age4, value: age.over90, tone: styles.tooLate },
    ].filter((row) => ages.length === 1 || row.value.amount !== 0);
    const most = Math.max(...rows.map((row) => row.value.amount));
    return (
      <table key={age.currency} className={styles.chart}>
        <caption className={styles.caption}>{ages.length > 1 ? `${t.ages}: ${age.currency}` : t.ages}</caption>
        <tbody>
          {rows.map(({ label, value, tone }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td aria-hidden="true" className={styles.track}>
                <div className={`${styles.bar} ${tone}`} style={{ width: `${Math.max(0, value.amount / most) * 100}%` }} />
              </td>
              <td className={value.amount === 0 ? styles.zero : styles.amount}>{value.amount === 0 ? '–' : money(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  });
}
