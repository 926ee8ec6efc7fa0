import type { ReactNode } from 'react';
import { Page } from './Page';
import styles from './PublicPage.module.css';
import { Brand, Offline } from './Shell';

/** A page in front of the sign-in: one thing to do, and whose portal it is. */
export function PublicPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <Offline />
      <main className={styles.page}>
        <div className={styles.brand}>
          <Brand />
        </div>
        <div className={styles.card}>
          <Page title={title}>{children}</Page>
        </div>
      </main>
    </>
  );
}
