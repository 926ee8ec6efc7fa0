import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { day, money, number } from '@/app/formats';
import { PortalLink, usePortalQuery } from '@/app/portalScope';
import { settings } from '@/app/settings';
import { graphql } from '@/graphql/portal';
import type { InvoiceOfPortalFragment } from '@/graphql/portal/graphql';
import { PrintIcon } from '@/ui/icons';
import { Lines, Loaded } from '@/ui/Loaded';
import { Page } from '@/ui/Page';
import { Table } from '@/ui/Table';
import styles from './Invoice.module.css';
import { InvoiceStatus } from './InvoiceStatus';
import { t } from './texts';

const InvoiceQuery = graphql(`
  query Invoice($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $id: ID!) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...InvoiceOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...InvoiceOfPortal
        }
      }
    }
  }
  fragment InvoiceOfPortal on Portal {
    client {
      id
      name
    }
    node(id: $id) {
      ... on Invoice {
        id
        number
        status
        issuedOn
        dueOn
        publicNote
        subtotal {
          amount
          currency
        }
        tax {
          amount
          currency
        }
        total {
          amount
          currency
        }
        paid {
          amount
          currency
        }
        balance {
          amount
          currency
        }
        lines {
          position
          description
          quantity
          unitPrice {
            amount
            currency
          }
          taxRate
          amount {
            amount
            currency
          }
        }
        payments {
          id
          number
          receivedOn
          method
          amount {
            amount
            currency
          }
        }
        tickets {
          id
          number
          title
        }
      }
    }
  }
`);

type InvoiceData = Extract<NonNullable<InvoiceOfPortalFragment['node']>, { __typename: 'Invoice' }>;

export function Invoice() {
  const { id = '' } = useParams({ strict: false });
  const { query, retry } = usePortalQuery(InvoiceQuery, { id });
  const back = <PortalLink to="/invoices">{t.invoices}</PortalLink>;
  return (
    <Loaded
      query={query}
      retry={retry}
      skeleton={
        <Page title={t.number} above={back}>
          <Lines count={6} height="3rem" />
        </Page>
      }
    >
      {({ portal }) =>
        portal?.node?.__typename === 'Invoice' ? (
          <Page
            title={t.invoice(portal.node.number)}
            above={back}
            actions={
              <Button variant="default" leftSection={<PrintIcon />} onClick={() => window.print()}>
                {t.print}
              </Button>
            }
          >
            <Sheet invoice={portal.node} clientName={portal.client.name} />
          </Page>
        ) : (
          <Page title={t.notFound} above={back}>
            <p>{t.notFoundHint}</p>
          </Page>
        )
      }
    </Loaded>
  );
}

/** The invoice as it would lie on a desk; printed, it is all that there is on the page. */
function Sheet({ invoice, clientName }: { invoice: InvoiceData; clientName: string }) {
  const left =
    invoice.balance.amount < 0
      ? { label: t.tooMuch, amount: { ...invoice.balance, amount: -invoice.balance.amount } }
      : { label: t.left, amount: invoice.balance };
  return (
    <div className={styles.columns}>
      <article className={styles.sheet}>
        <header className={styles.head}>
          <dl className={styles.facts}>
            <Fact name={t.from} value={settings.organisation} />
            <Fact name={t.to} value={clientName} />
            {invoice.issuedOn && <Fact name={t.issued} value={day(invoice.issuedOn)} />}
            {invoice.dueOn && <Fact name={t.due} value={day(invoice.dueOn)} />}
          </dl>
          <InvoiceStatus status={invoice.status} />
        </header>
        <Table
          caption={t.lines}
          rows={invoice.lines}
          keyOf={(line) => `${line.position}`}
          columns={[
            {
              head: t.description,
              place: 'title',
              cell: (line) => (
                <>
                  {line.description}
                  <span className={styles.narrow}>{`${number(line.quantity)} × ${money(line.unitPrice)}, ${number(line.taxRate)} %`}</span>
                </>
              ),
            },
            { head: t.quantity, place: 'wideOnly', figure: true, cell: (line) => number(line.quantity) },
            { head: t.price, place: 'wideOnly', figure: true, cell: (line) => money(line.unitPrice) },
            { head: t.tax, place: 'wideOnly', figure: true, cell: (line) => `${number(line.taxRate)} %` },
            { head: t.amount, place: 'figure', figure: true, cell: (line) => money(line.amount) },
          ]}
        />
        <dl className={styles.sums}>
          <Fact name={t.subtotal} value={money(invoice.subtotal)} />
          <Fact name={t.tax} value={money(invoice.tax)} />
          <Fact name={t.total} value={money(invoice.total)} className={styles.total} />
          {invoice.paid.amount !== 0 && <Fact name={t.paidSoFar} value={money({ ...invoice.paid, amount: -invoice.paid.amount })} />}
          {invoice.status !== 'VOID' && <Fact name={left.label} value={money(left.amount)} className={styles.left} />}
        </dl>
        {invoice.publicNote && <p className={styles.note}>{invoice.publicNote}</p>}
      </article>
      <aside className={styles.beside}>
        <section>
          <h2>{t.payments}</h2>
          {invoice.payments.length === 0 ? (
            <p className="quiet">{t.noPayments}</p>
          ) : (
            <ul className={styles.list}>
              {invoice.payments.map((payment) => (
                <li key={payment.id}>
                  <span>
                    {day(payment.receivedOn)}
                    <span className={styles.small}>
                      {payment.method} · {payment.number}
                    </span>
                  </span>
                  <span className="figures">{money(payment.amount)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
        {invoice.tickets.length > 0 && (
          <section className={styles.work}>
            <h2>{t.work}</h2>
            <ul className={styles.list}>
              {invoice.tickets.map((ticket) => (
                <li key={ticket.id}>
                  <span>
                    {ticket.title}
                    <span className={styles.small}>{ticket.number}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </aside>
    </div>
  );
}

function Fact({ name, value, className = '' }: { name: string; value: string; className?: string | undefined }) {
  return (
    <div className={className}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
