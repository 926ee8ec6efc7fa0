import { Menu, UnstyledButton } from '@mantine/core';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { PortalScopeProvider, usePortalScope } from '@/app/portalScope';
import { RequireViewer } from '@/app/RequireViewer';
import type { SignedIn } from '@/app/session';
import { graphql } from '@/graphql/portal';
import { CalendarIcon, DownIcon, HomeIcon, InvoiceIcon, ProjectIcon, WorkIcon } from '@/ui/icons';
import { Page } from '@/ui/Page';
import { type NavItem, Shell } from '@/ui/Shell';
import styles from './PortalLayout.module.css';
import { t } from './texts';

/** The portal's pages, below the path of whichever portal is shown. */
export const portalNav = (base: string): NavItem[] => [
  { to: base || '/', label: t.overview, icon: HomeIcon, exact: true },
  { to: `${base}/invoices`, label: t.invoices, icon: InvoiceIcon },
  { to: `${base}/work`, label: t.work, icon: WorkIcon },
  { to: `${base}/projects`, label: t.projects, icon: ProjectIcon },
  { to: `${base}/calendar`, label: t.calendar, icon: CalendarIcon },
];

const remembered = 'client';

export function PortalLayout() {
  return <RequireViewer memberType="CLIENT">{(viewer) => <OwnPortal viewer={viewer} />}</RequireViewer>;
}

function OwnPortal({ viewer }: { viewer: SignedIn }) {
  // Each tab remembers its own choice: two clients may be open side by side.
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(remembered));
  const navigate = useNavigate();
  const clientId = viewer.memberships.find((m) => m.clientId === chosen || viewer.memberships.length === 1)?.clientId ?? null;
  const scope = useMemo(() => ({ base: '', variables: { clientId, preview: false, previewClient: '', previewContact: '' } }), [clientId]);

  function choose(id: string) {
    sessionStorage.setItem(remembered, id);
    setChosen(id);
    navigate({ to: '/' });
  }

  return (
    <PortalScopeProvider value={scope}>
      <Shell
        nav={portalNav('')}
        home="/"
        viewer={viewer}
        aside={viewer.memberships.length > 1 && <ClientSwitcher memberships={viewer.memberships} onChoose={choose} />}
        menu={<Menu.Item renderRoot={(props) => <Link to="/profile" {...props} />}>{t.profile}</Menu.Item>}
      >
        {viewer.memberships.length > 0 ? (
          // Another client's portal is another page: nothing of the one before stays on the screen.
          <Outlet key={clientId} />
        ) : (
          <Page title={t.noAccess}>{t.noAccessHint}</Page>
        )}
      </Shell>
    </PortalScopeProvider>
  );
}

const OpenClient = graphql(`
  query OpenClient($clientId: ID) {
    portal(clientId: $clientId) {
      client {
        id
        name
      }
    }
  }
`);

function ClientSwitcher({ memberships, onChoose }: { memberships: SignedIn['memberships']; onChoose: (clientId: string) => void }) {
  const { clientId } = usePortalScope().variables;
  const [{ data }] = useQuery({ query: OpenClient, variables: { clientId } });
  const open = data?.portal?.client;
  return (
    <Menu position="bottom-end" width="18rem" shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton className={styles.client} aria-label={open ? `${t.switchClient}: ${open.name}` : t.switchClient}>
          <span className={styles.name}>{open?.name ?? '…'}</span>
          <DownIcon size="1rem" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.switchClient}</Menu.Label>
        <Menu.RadioGroup value={open?.id ?? null} onChange={onChoose}>
          {memberships.map((m) => (
            <Menu.RadioItem key={m.clientId} value={m.clientId} closeMenuOnClick>
              {m.clientName}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
