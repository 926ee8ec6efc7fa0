import { createRootRoute, Outlet } from '@tanstack/react-router';
import { BrokenPage, NotFound } from '@/ui/Failure';

/** Above every page, public or not. */
export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: BrokenPage });
