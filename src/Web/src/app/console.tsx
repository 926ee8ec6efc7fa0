import { createRoute } from '@tanstack/react-router';
import { parseAudit } from '@/features/audit/auditSearch';
import { parseInvoiceSearch } from '@/features/billing/portal/invoiceSearch';
import { parseCalendarSearch } from '@/features/calendar/portal/month';
import { parseClients } from '@/features/clients/clientSearch';
import { parseBoard } from '@/features/invitations/boardSearch';
import { parseEmails } from '@/features/mail/emailSearch';
import { parseWorkSearch } from '@/features/projects/portal/workSearch';
import { parsePage } from '@/ui/paging';
import { parseList } from '@/ui/search';
import { lazyPage } from './lazyPage';
import { rootRoute } from './root';

const layout = createRoute({
  getParentRoute: () => rootRoute,
  path: '/console',
  component: lazyPage(() => import('@/features/clients/console/ConsoleLayout'), 'ConsoleLayout'),
});

const inConsole = () => layout;

const client = createRoute({
  getParentRoute: inConsole,
  path: '/clients/$id',
  component: lazyPage(() => import('@/features/clients/console/ClientPage'), 'ClientPage'),
});

const ofClient = () => client;

// Below the console's path, but not within its frame: the portal's own pages in the portal's own frame.
const preview = createRoute({
  getParentRoute: () => rootRoute,
  path: '/console/preview/$clientId/$contactId',
  component: lazyPage(() => import('@/features/clients/console/Preview'), 'Preview'),
});

const inPreview = () => preview;

/** What staff see; nobody else loads any of it. */
export const consoleRoutes = layout.addChildren([
  createRoute({
    getParentRoute: inConsole,
    path: '/',
    validateSearch: parseClients,
    component: lazyPage(() => import('@/features/clients/console/Clients'), 'Clients'),
  }),
  client.addChildren([
    createRoute({
      getParentRoute: ofClient,
      path: '/',
      validateSearch: parsePage,
      component: lazyPage(() => import('@/features/clients/console/ClientContacts'), 'ClientContacts'),
    }),
    createRoute({
      getParentRoute: ofClient,
      path: '/invoices',
      validateSearch: parseList,
      component: lazyPage(() => import('@/features/billing/console/ClientInvoices'), 'ClientInvoices'),
    }),
    createRoute({
      getParentRoute: ofClient,
      path: '/work',
      validateSearch: parseList,
      component: lazyPage(() => import('@/features/projects/console/ClientWork'), 'ClientWork'),
    }),
    createRoute({
      getParentRoute: ofClient,
      path: '/projects',
      validateSearch: parsePage,
      component: lazyPage(() => import('@/features/projects/console/ClientProjects'), 'ClientProjects'),
    }),
    createRoute({
      getParentRoute: ofClient,
      path: '/events',
      validateSearch: parsePage,
      component: lazyPage(() => import('@/features/calendar/console/ClientEvents'), 'ClientEvents'),
    }),
  ]),
  createRoute({
    getParentRoute: inConsole,
    path: '/contacts/$id',
    component: lazyPage(() => import('@/features/clients/console/ContactPage'), 'ContactPage'),
  }),
  createRoute({
    getParentRoute: inConsole,
    path: '/invitations',
    validateSearch: parseBoard,
    component: lazyPage(() => import('@/features/invitations/console/BoardPage'), 'BoardPage'),
  }),
  createRoute({
    getParentRoute: inConsole,
    path: '/mail',
    validateSearch: parseEmails,
    component: lazyPage(() => import('@/features/mail/console/Emails'), 'Emails'),
  }),
  createRoute({
    getParentRoute: inConsole,
    path: '/staff',
    validateSearch: parsePage,
    component: lazyPage(() => import('@/features/accounts/console/Staff'), 'Staff'),
  }),
  createRoute({
    getParentRoute: inConsole,
    path: '/audit',
    validateSearch: parseAudit,
    component: lazyPage(() => import('@/features/audit/console/AuditTrail'), 'AuditTrail'),
  }),
  createRoute({
    getParentRoute: inConsole,
    path: '/profile',
    component: lazyPage(() => import('@/features/accounts/portal/Profile'), 'Profile'),
  }),
]);

/** A contact's portal as staff see it: the portal's own pages. */
export const previewRoutes = preview.addChildren([
  createRoute({
    getParentRoute: inPreview,
    path: '/',
    component: lazyPage(() => import('@/features/clients/portal/Dashboard'), 'Dashboard'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/invoices',
    validateSearch: parseInvoiceSearch,
    component: lazyPage(() => import('@/features/billing/portal/Invoices'), 'Invoices'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/invoices/$id',
    component: lazyPage(() => import('@/features/billing/portal/Invoice'), 'Invoice'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/work',
    validateSearch: parseWorkSearch,
    component: lazyPage(() => import('@/features/projects/portal/Work'), 'Work'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/projects',
    validateSearch: parsePage,
    component: lazyPage(() => import('@/features/projects/portal/Projects'), 'Projects'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/projects/$id',
    component: lazyPage(() => import('@/features/projects/portal/Project'), 'Project'),
  }),
  createRoute({
    getParentRoute: inPreview,
    path: '/calendar',
    validateSearch: parseCalendarSearch,
    component: lazyPage(() => import('@/features/calendar/portal/Calendar'), 'Calendar'),
  }),
]);
