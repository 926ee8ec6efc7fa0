import { createRouter } from '@tanstack/react-router';
import { BrokenPage, NotFound } from '@/ui/Failure';
import { consoleRoutes, previewRoutes } from './console';
import { portalRoutes } from './portal';
import { publicRoutes } from './public';
import { rootRoute } from './root';
import { settings } from './settings';

export const router = createRouter({
  routeTree: rootRoute.addChildren([...publicRoutes, portalRoutes, consoleRoutes, previewRoutes]),
  basepath: settings.base,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
