import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazyPage';
import { localPath } from './localPath';
import { rootRoute } from './root';

const parent = () => rootRoute;

/** Pages for whoever is not signed in. The secrets of mailed links are taken out of the address before any of this runs. */
export const publicRoutes = [
  createRoute({
    getParentRoute: parent,
    path: '/sign-in',
    validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({ next: localPath(search.next) }),
    component: lazyPage(() => import('@/features/accounts/public/SignIn'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/forgot-password',
    component: lazyPage(() => import('@/features/accounts/public/ForgotPassword'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/reset',
    component: lazyPage(() => import('@/features/accounts/public/ResetPassword'), 'ResetPassword'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/confirm-email',
    component: lazyPage(() => import('@/features/accounts/public/ConfirmEmail'), 'ConfirmEmail'),
  }),
  createRoute({
    getParentRoute: parent,
    path: '/invitation',
    component: lazyPage(() => import('@/features/invitations/public/Invitation'), 'Invitation'),
  }),
] as const;
