import { Menu } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { RequireViewer } from '@/app/RequireViewer';
import type { SignedIn } from '@/app/session';
import { AuditIcon, InviteIcon, MailIcon, PeopleIcon, StaffIcon } from '@/ui/icons';
import { type NavItem, Shell } from '@/ui/Shell';
import { t } from './texts';

type Permission = SignedIn['permissions'][number];

const nav: (NavItem & { needs?: Permission })[] = [
  { to: '/console', label: t.clients, icon: PeopleIcon, exact: true },
  { to: '/console/invitations', label: t.invitations, icon: InviteIcon, needs: 'CLIENTS_INVITE' },
  { to: '/console/mail', label: t.mail, icon: MailIcon, needs: 'CLIENTS_INVITE' },
  { to: '/console/staff', label: t.staff, icon: StaffIcon, needs: 'STAFF_MANAGE' },
  { to: '/console/audit', label: t.audit, icon: AuditIcon, needs: 'AUDIT_VIEW' },
];

/** What surrounds the pages of staff; it leads to what they may open. The API decides by itself. */
export function ConsoleLayout() {
  return (
    <RequireViewer memberType="STAFF">
      {(viewer) => (
        <Shell
          nav={nav.filter(({ needs }) => !needs || viewer.permissions.includes(needs))}
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
