import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Provider, useQuery } from 'urql';
import { createClient } from '@/app/client';
import { PortalScopeProvider } from '@/app/portalScope';
import { RequireViewer } from '@/app/RequireViewer';
import { restartSession } from '@/app/session';
import { portalNav } from '@/features/clients/portal/PortalLayout';
import { graphql } from '@/graphql/console';
import { EyeIcon } from '@/ui/icons';
import { Shell } from '@/ui/Shell';
import { Needs } from './Needs';
import styles from './Preview.module.css';
import { t } from './texts';

const Previewed = graphql(`
  query PreviewedContact($id: ID!) {
    node(id: $id) {
      ... on Contact {
        id
        name
        client {
          id
          name
        }
      }
    }
  }
`);

/** The portal's own pages, as one contact sees them: read with their rights, which allow no change. */
export function Preview() {
  const { clientId = '', contactId = '' } = useParams({ strict: false });
  return <PreviewOf key={`${clientId}/${contactId}`} clientId={clientId} contactId={contactId} />;
}

function PreviewOf({ clientId, contactId }: { clientId: string; contactId: string }) {
  const navigate = useNavigate();
  const [{ data }] = useQuery({ query: Previewed, variables: { id: contactId } });
  const base = `/console/preview/${clientId}/${contactId}`;
  // What staff see and what the contact sees must not meet in one cache.
  const [client] = useState(() => createClient(restartSession));
  const scope = useMemo(
    () => ({ base, variables: { clientId: null, preview: true, previewClient: clientId, previewContact: contactId } }),
    [base, clientId, contactId],
  );
  const contact = data?.node?.__typename === 'Contact' ? data.node : null;
  return (
    <RequireViewer memberType="STAFF">
      {(viewer) => (
        <Needs permission="PORTAL_PREVIEW">
          <Shell
            nav={portalNav(base)}
            home={base}
            viewer={viewer}
            banner={
              <section className={styles.banner} aria-label={t.preview}>
                <p>
                  <EyeIcon size="1.4rem" />
                  <span>
                    <strong>{t.previewOf(contact?.name ?? '…', contact?.client.name ?? '…')}</strong> {t.previewHint}
                  </span>
                </p>
                <button type="button" onClick={() => navigate({ to: '/console/contacts/$id', params: { id: contactId } })}>
                  {t.endPreview}
                </button>
              </section>
            }
          >
            <Provider value={client}>
              <PortalScopeProvider value={scope}>
                <Outlet />
              </PortalScopeProvider>
            </Provider>
          </Shell>
        </Needs>
      )}
    </RequireViewer>
  );
}
