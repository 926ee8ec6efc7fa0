import type { ReactNode } from 'react';
import { LinkButton } from '@/ui/LinkButton';
import { Page } from '@/ui/Page';
import { t } from './texts';
import { usePermission } from './usePermission';

/** A page for those with the permission; the others learn whom to ask. The API refuses them by itself. */
export function Needs({ permission, children }: { permission: Parameters<typeof usePermission>[0]; children: ReactNode }) {
  return usePermission(permission) ? (
    children
  ) : (
    <Page title={t.notAllowed}>
      <p>{t.notAllowedHint}</p>
      <LinkButton to="/console" mt="lg">
        {t.clients}
      </LinkButton>
    </Page>
  );
}
