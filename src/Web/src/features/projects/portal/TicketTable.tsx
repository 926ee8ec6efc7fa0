import { day, number } from '@/app/formats';
import { PortalLink } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import type { TicketOfListFragment } from '@/graphql/portal/graphql';
import { Status } from '@/ui/Status';
import { type Column, Table } from '@/ui/Table';
import styles from './Projects.module.css';
import { t } from './texts';

graphql(`
  fragment TicketOfList on Ticket {
    id
    number
    title
    description
    status
    workedOn
    hours
    project {
      id
      name
    }
    invoice {
      id
      number
    }
  }
`);

const columns: Column<TicketOfListFragment>[] = [
  {
    head: t.title,
    place: 'title',
    cell: (ticket) => (
      <>
        <span className={styles.ticket}>{ticket.title}</span>
        {ticket.description && <span className={styles.small}>{ticket.description}</span>}
      </>
    ),
  },
  {
    head: t.project,
    place: 'wideOnly',
    cell: (ticket) => ticket.project && <PortalLink to={`/projects/${ticket.project.id}`}>{ticket.project.name}</PortalLink>,
  },
  { head: t.workedOn, place: 'note', cell: (ticket) => ticket.workedOn && <span className={styles.day}>{day(ticket.workedOn)}</span> },
  {
    head: t.status,
    place: 'state',
    cell: (ticket) =>
      ticket.invoice ? (
        <PortalLink to={`/invoices/${ticket.invoice.id}`}>{ticket.invoice.number}</PortalLink>
      ) : (
        <Status tone={ticket.status === 'INVOICED' ? 'good' : 'accent'}>{ticket.status === 'INVOICED' ? t.invoiced : t.pending}</Status>
      ),
  },
  { head: t.hours, place: 'figure', figure: true, cell: (ticket) => ticket.hours !== null && `${number(ticket.hours)} h` },
];

export function TicketTable({ tickets, isOfProject }: { tickets: readonly TicketOfListFragment[]; isOfProject?: boolean }) {
  return (
    <Table
      caption={t.caption}
      columns={isOfProject ? columns.filter((c) => c.head !== t.project) : columns}
      rows={tickets}
      keyOf={(ticket) => ticket.id}
    />
  );
}
