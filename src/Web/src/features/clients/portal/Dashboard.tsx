import { Skeleton } from '@mantine/core';
import { money } from '@/app/formats';
import { PortalLink, usePortalQuery } from '@/app/portalScope';
import { AgeChart } from '@/features/billing/portal/AgeChart';
import { InvoiceTable } from '@/features/billing/portal/InvoiceTable';
import { EventList } from '@/features/calendar/portal/EventList';
import { graphql } from '@/graphql/portal';
import { Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import styles from './Dashboard.module.css';
import { t } from './texts';

const DashboardQuery = graphql(`
  query Dashboard($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...DashboardOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...DashboardOfPortal
        }
      }
    }
  }
  fragment DashboardOfPortal on Portal {
    client {
      id
      name
    }
    contact {
      id
      name
    }
    dashboard {
      outstandingBalance {
        amount
        currency
      }
      outstandingByAge {
        ...Ages
      }
      paidInvoices
      overdueInvoices
      pendingTickets
      activeProjects
      nextEvents(first: 5) {
        ...EventOfList
      }
    }
    invoices(first: 5) {
      nodes {
        ...InvoiceOfList
      }
    }
  }
`);

export function Dashboard() {
  const { query, retry } = usePortalQuery(DashboardQuery, {});
  return (
    <Loaded query={query} retry={retry} skeleton={<Sketch />}>
      {({ portal }) => {
        if (!portal) {
          return <Page title={t.noAccess}>{t.noAccessHint}</Page>;
        }
        const { client, contact, dashboard, invoices } = portal;
        return (
          <Page title={client.name} above={t.greeting(contact.name)}>
            <div className={styles.grid}>
              <Panel className={styles.balance ?? ''}>
                <PortalLink to="/invoices" search={{ status: 'open' }} className={styles.main}>
                  <h2 className={styles.label}>{t.outstanding}</h2>
                  {dashboard.outstandingBalance.length === 0 ? (
                    <p className={styles.figure}>{t.nothingOutstanding}</p>
                  ) : (
                    dashboard.outstandingBalance.map((m, _, all) => (
                      <p key={m.currency} className={all.length > 1 || money(m).length > 14 ? styles.figureOfMany : styles.figure}>
                        {money(m)}
                      </p>
                    ))
                  )}
                </PortalLink>
                <AgeChart ages={dashboard.outstandingByAge} />
                <Overdue count={dashboard.overdueInvoices} />
              </Panel>
              <div className={styles.tiles}>
                <Figure to="/invoices" search={{ status: 'paid' }} label={t.paid} value={dashboard.paidInvoices} />
                <Figure to="/work" search={{ status: 'pending' }} label={t.pending} hint={t.pendingHint} value={dashboard.pendingTickets} />
                <Figure to="/projects" label={t.active} value={dashboard.activeProjects} />
              </div>
              <Panel title={t.latest} more={<PortalLink to="/invoices">{t.allInvoices}</PortalLink>} className={styles.invoices ?? ''}>
                {invoices.nodes.length === 0 ? <Note title={t.noInvoices} /> : <InvoiceTable invoices={invoices.nodes} isBrief />}
              </Panel>
              <Panel title={t.nextEvents} more={<PortalLink to="/calendar">{t.allEvents}</PortalLink>} className={styles.events ?? ''}>
                {dashboard.nextEvents.length === 0 ? (
                  <Note title={t.noEvents}>{t.noEventsHint}</Note>
                ) : (
                  <EventList events={dashboard.nextEvents} />
                )}
              </Panel>
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}

function Overdue({ count }: { count: number }) {
  return count === 0 ? (
    <p className={styles.calm}>{t.overdueNone}</p>
  ) : (
    <p className={styles.overdue}>
      <PortalLink to="/invoices" search={{ status: 'overdue' }}>
        {t.overdue(count)}
      </PortalLink>
    </p>
  );
}

function Figure({
  to,
  search = {},
  label,
  hint,
  value,
}: {
  to: string;
  search?: Record<string, unknown>;
  label: string;
  hint?: string;
  value: number;
}) {
  return (
    <PortalLink to={to} search={search} className={styles.tile}>
      <span>
        <span className={styles.tileLabel}>{label}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
      <span className={styles.value}>{value.toLocaleString()}</span>
    </PortalLink>
  );
}

function Sketch() {
  return (
    <div className={styles.sketch}>
      <Skeleton h="2.5rem" w="40%" mb="xl" />
      <div className={styles.grid}>
        <Skeleton h="19rem" radius="md" className={styles.balance} />
        <Skeleton h="19rem" radius="md" />
        <Skeleton h="14rem" radius="md" className={styles.invoices} />
        <Skeleton h="14rem" radius="md" />
      </div>
    </div>
  );
}
