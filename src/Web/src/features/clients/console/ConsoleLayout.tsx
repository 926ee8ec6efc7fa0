import { Menu } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { RequireViewer } from '@/app/RequireViewer';
import { PeopleIcon } from '@/ui/icons';
import { type NavItem, Shell } from '@/ui/Shell';
import { t } from './texts';

const nav: NavItem[] = [{ to: '/console', label: t.clients, icon: PeopleIcon, exact: true }];

export function ConsoleLayout() {
  return (
    <RequireViewer memberType="STAFF">
      {(viewer) => (
        <Shell
          nav={nav}
          home="/console"
          viewer={viewer}
          menu={<Menu.Item renderRoot={(props) => <Link to="/console/profile" {...props} />}>{t.profile}</Menu.Item>}
        >
          <Outlet />
        </Shell>
      )}
    </RequireViewer>
  );
}
