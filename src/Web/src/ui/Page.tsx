import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { settings } from '@/app/settings';
import styles from './Page.module.css';

let opened: string | undefined;
let hasMoved = false;

interface PageProps {
  title: string;
  /** A line above the title: where one is. */
  above?: ReactNode;
  /** A line below the title: what it is about. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: its title is the window's, and takes the focus when one comes from another page, so that it is read out. */
export function Page({ title, above, lead, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });

  useEffect(() => {
    document.title = `${title} · ${settings.organisation}`;
  }, [title]);

  useEffect(() => {
    hasMoved ||= opened !== undefined && opened !== path;
    // The heading of its sketch had the focus, and is gone with it.
    if (hasMoved && (opened !== path || document.activeElement === document.body)) {
      heading.current?.focus({ preventScroll: true });
    }
    opened = path;
  }, [path]);

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          {above && <div className={styles.above}>{above}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A card with a heading. */
export function Panel({
  title,
  more,
  children,
  className = '',
}: {
  title?: string;
  more?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section className={`${styles.panel} ${className}`} aria-labelledby={title && id}>
      {title && (
        <div className={styles.panelHead}>
          <h2 id={id}>{title}</h2>
          {more && <div className={styles.more}>{more}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** What stands where there is nothing to show. */
export function Note({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.note}>
      <p className={styles.noteTitle}>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
