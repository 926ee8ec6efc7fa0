import { createRoute } from '@tanstack/react-router';
import { parseInvoiceSearch } from '@/features/billing/portal/invoiceSearch';
import { parseCalendarSearch } from '@/features/calendar/portal/month';
import { parseWorkSearch } from '@/features/projects/portal/workSearch';
import { parsePage } from '@/ui/paging';
import { lazyPage } from './lazyPage';
import { rootRoute } from './root';

const portal = createRoute({
  getParentRoute: () => rootRoute,
  id: 'portal',
  component: lazyPage(() => import('@/features/clients/portal/PortalLayout'), 'PortalLayout'),
});

const parent = () => portal;

/** What a client's people see. */
export const portalRoutes = portal.addChildren([
  createRoute({
    getParentRoute: parent,
    path: '/',
    component: lazyPage(() => import('@/features/clients/portal/Dashboard'), 'Dashboard'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/invoices',
    validateSearch: parseInvoiceSearch,
    component: lazyPage(() => import('@/features/billing/portal/Invoices'), 'Invoices'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/invoices/$id',
    component: lazyPage(() => import('@/features/billing/portal/Invoice'), 'Invoice'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/work',
    validateSearch: parseWorkSearch,
    component: lazyPage(() => import('@/features/projects/portal/Work'), 'Work'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/projects',
    validateSearch: parsePage,
    component: lazyPage(() => import('@/features/projects/portal/Projects'), 'Projects'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/projects/$id',
    component: lazyPage(() => import('@/features/projects/portal/Project'), 'Project'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/calendar',
    validateSearch: parseCalendarSearch,
    component: lazyPage(() => import('@/features/calendar/portal/Calendar'), 'Calendar'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/profile',
    component: lazyPage(() => import('@/features/accounts/portal/Profile'), 'Profile'),
  }),
]);
