import styles from './Status.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet';

/** A state in a word; its colour says nothing that the word does not. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`${styles.status} ${styles[tone]}`}>{children}</span>;
}
