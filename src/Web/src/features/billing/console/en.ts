export const en = {
  caption: 'Invoices of the client, newest first',
  number: 'Invoice',
  issued: 'Issued',
  due: 'Due',
  status: 'Status',
  total: 'Total',
  balance: 'To pay',
  none: 'No invoices yet',
  noneFound: 'No invoice fits',
  search: 'Search by number or note',
  statuses: { DRAFT: 'Draft', ISSUED: 'Issued', PARTIALLY_PAID: 'Partly paid', PAID: 'Paid', OVERDUE: 'Overdue', VOID: 'Void' },
};
