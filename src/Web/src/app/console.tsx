import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePage } from '@/ui/paging';
import { rootRoute } from './root';

const layout = createRoute({
  getParentRoute: () => rootRoute,
  path: '/console',
  component: lazyRouteComponent(() => import('@/features/clients/console/ConsoleLayout'), 'ConsoleLayout'),
});

const parent = () => layout;

/** What staff see; nobody else loads any of it. */
export const consoleRoutes = layout.addChildren([
  createRoute({
    getParentRoute: parent,
    path: '/',
    validateSearch: (search: Record<string, unknown>) => ({
      ...parsePage(search),
      q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    }),
    component: lazyRouteComponent(() => import('@/features/clients/console/Clients'), 'Clients'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/profile',
    component: lazyRouteComponent(() => import('@/features/accounts/portal/Profile'), 'Profile'),
  }),
]);
