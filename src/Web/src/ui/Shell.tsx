import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { type ComponentType, createContext, type ReactNode, useState } from 'react';
import { useMutation } from 'urql';
import { restartSession, type SignedIn } from '@/app/session';
import { settings } from '@/app/settings';
import { graphql } from '@/graphql/portal';
import { DownIcon, PeopleIcon } from './icons';
import { describe } from './Loaded';
import styles from './Shell.module.css';
import { t } from './texts';

export interface NavItem {
  to: string;
  label: string;
  icon: ComponentType<{ size?: string }>;
  /** Only the page itself counts as open, not those below it. */
  exact?: boolean;
}

interface ShellProps {
  nav: NavItem[];
  home: string;
  viewer: SignedIn;
  /** Stands above everything: a notice that must not be overlooked. */
  banner?: ReactNode;
  /** Stands beside the account menu. */
  aside?: ReactNode;
  /** Items of the account menu. */
  menu?: ReactNode;
  children: ReactNode;
}

/** Whether there is a frame around a page already. */
export const InShell = createContext(false);

/** What surrounds every page behind the sign-in. On a phone the navigation is at the bottom, under the thumb. */
export function Shell({ nav, home, viewer, banner, aside, menu, children }: ShellProps) {
  const [failure, setFailure] = useState('');
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t.skip}
      </a>
      {banner}
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to={home} className={styles.brand}>
            <Brand />
          </Link>
          <nav className={styles.nav} aria-label={t.navigation}>
            {nav.map(({ to, label, icon: Icon, exact }) => (
              <Link key={to} to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }} className={styles.item}>
                <span className={styles.icon}>
                  <Icon size="1.5rem" />
                </span>
                {label}
              </Link>
            ))}
          </nav>
          <div className={styles.aside}>
            {aside}
            <AccountMenu viewer={viewer} onFailure={setFailure}>
              {menu}
            </AccountMenu>
          </div>
        </div>
      </header>
      <Offline />
      <div role="alert">{failure && <p className={styles.offline}>{failure}</p>}</div>
      <main id="content" tabIndex={-1} className={styles.main}>
        <InShell value>{children}</InShell>
      </main>
    </div>
  );
}

/** The organisation by its logo, or by its name. */
export function Brand() {
  return settings.logo ? (
    <img className={styles.logo} src={`${settings.base}logo`} alt={settings.organisation} />
  ) : (
    <span>{settings.organisation}</span>
  );
}

/** Tells that the network is gone, for as long as it is. */
export function Offline() {
  const { online } = useNetwork();
  return <div role="status">{!online && <p className={styles.offline}>{t.offline}</p>}</div>;
}

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      signedOut
    }
  }
`);

function AccountMenu({ viewer, onFailure, children }: { viewer: SignedIn; onFailure: (text: string) => void; children?: ReactNode }) {
  const [, signOut] = useMutation(SignOut);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width="16rem" shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton className={styles.account}>
          <VisuallyHidden>{t.account}: </VisuallyHidden>
          <PeopleIcon size="1.4rem" />
          <span className={styles.accountName}>{viewer.name}</span>
          <DownIcon size="1rem" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {viewer.name}
          <br />
          {viewer.email}
        </Menu.Label>
        {children}
        <Menu.Divider />
        <Menu.Label>{t.appearance}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(choice) => setColorScheme(choice as MantineColorScheme)}>
          <Menu.RadioItem value="auto">{t.system}</Menu.RadioItem>
          <Menu.RadioItem value="light">{t.light}</Menu.RadioItem>
          <Menu.RadioItem value="dark">{t.dark}</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          onClick={async () => {
            onFailure('');
            const { error } = await signOut({});
            // Whoever leaves a browser that others use must know whether the session is over.
            if (error && error.response?.status !== 401) onFailure(`${t.notSignedOut} ${describe(error)}`);
            else restartSession();
          }}
        >
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
