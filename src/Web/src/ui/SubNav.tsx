import { Link, type LinkProps } from '@tanstack/react-router';
import styles from './SubNav.module.css';

export interface SubNavItem {
  to: string;
  label: string;
  exact?: boolean;
}

/** The parts of one thing's pages, as links: each has an address of its own. */
export function SubNav({ label, items }: { label: string; items: readonly SubNavItem[] }) {
  return (
    <nav aria-label={label} className={styles.nav}>
      {items.map(({ to, label: name, exact }) => (
        <Link
          key={to}
          to={to as LinkProps['to']}
          activeOptions={{ exact: exact ?? false, includeSearch: false }}
          className={styles.item}
          resetScroll={false}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
