import { Button } from '@mantine/core';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import { LinkButton } from '@/ui/LinkButton';
import { Loaded } from '@/ui/Loaded';
import { Page, Panel } from '@/ui/Page';
import { SubNav } from '@/ui/SubNav';
import { ClientForm } from './ClientForm';
import styles from './ClientPage.module.css';
import { ClientStatus } from './ClientStatus';
import { t } from './texts';
import { usePermission } from './usePermission';

const ClientQuery = graphql(`
  query Client($id: ID!) {
    node(id: $id) {
      ... on Client {
        ...ClientOfPage
      }
    }
  }
  fragment ClientOfPage on Client {
    id
    number
    name
    status
    internal
    currency
    internalNote
  }
`);

/** One client, with its contacts and records, each on a page of its own. */
export function ClientPage() {
  const { id = '' } = useParams({ strict: false });
  const canManage = usePermission('CLIENTS_MANAGE');
  const [isChanging, setChanging] = useState(false);
  const [query, ask] = useQuery({ query: ClientQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  if (!query.data) {
    return (
      <Page title={t.client}>
        <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const { node } = query.data;
  if (node?.__typename !== 'Client') {
    return (
      <Page title={t.noClient}>
        <p>{t.noClientHint}</p>
        <LinkButton to="/console" mt="lg">
          {t.clients}
        </LinkButton>
      </Page>
    );
  }
  const base = `/console/clients/${id}`;
  return (
    <Page
      title={node.name}
      above={
        <>
          <Link to="/console">{t.clients}</Link> / <span className="figures">{node.number}</span> · {node.currency}{' '}
          <ClientStatus client={node} />
        </>
      }
      actions={
        canManage && (
          <Button variant="default" size="md" onClick={() => setChanging(true)}>
            {t.changeClient}
          </Button>
        )
      }
    >
      {node.internal && <p className={styles.notice}>{t.internalNotice}</p>}
      {node.status === 'INACTIVE' && <p className={styles.notice}>{t.inactiveNotice}</p>}
      {node.internalNote && <p className={styles.note}>{node.internalNote}</p>}
      <SubNav
        label={t.parts}
        items={[
          { to: base, label: t.contacts, exact: true },
          { to: `${base}/invoices`, label: t.invoices },
          { to: `${base}/work`, label: t.work },
          { to: `${base}/projects`, label: t.projects },
          { to: `${base}/events`, label: t.events },
        ]}
      />
      <Panel>
        <Outlet />
      </Panel>
      {isChanging && <ClientForm client={node} onClose={() => setChanging(false)} onSaved={() => setChanging(false)} />}
    </Page>
  );
}
