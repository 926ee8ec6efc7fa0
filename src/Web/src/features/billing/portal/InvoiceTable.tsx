import { day, money } from '@/app/formats';
import { PortalLink } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import type { InvoiceOfListFragment } from '@/graphql/portal/graphql';
import { type Column, Table } from '@/ui/Table';
import { InvoiceStatus } from './InvoiceStatus';
import { t } from './texts';

graphql(`
  fragment InvoiceOfList on Invoice {
    id
    number
    status
    issuedOn
    dueOn
    total {
      amount
      currency
    }
    balance {
      amount
      currency
    }
  }
`);

const columns: Column<InvoiceOfListFragment>[] = [
  { head: t.number, place: 'title', cell: (i) => <PortalLink to={`/invoices/${i.id}`}>{i.number}</PortalLink> },
  { head: t.issued, place: 'wideOnly', cell: (i) => i.issuedOn && day(i.issuedOn) },
  { head: t.due, place: 'note', cell: (i) => i.dueOn && day(i.dueOn) },
  { head: t.status, place: 'state', cell: (i) => <InvoiceStatus status={i.status} /> },
  { head: t.total, place: 'figure', figure: true, cell: (i) => money(i.total) },
  { head: t.balance, place: 'wideOnly', figure: true, cell: (i) => (i.balance.amount === 0 ? '–' : money(i.balance)) },
];

const brief = columns.filter((c) => c.head !== t.issued && c.head !== t.balance);

export function InvoiceTable({ invoices, isBrief }: { invoices: readonly InvoiceOfListFragment[]; isBrief?: boolean }) {
  return <Table caption={t.caption} columns={isBrief ? brief : columns} rows={invoices} keyOf={(i) => i.id} />;
}
