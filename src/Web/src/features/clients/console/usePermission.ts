import { type SignedIn, useViewer } from '@/app/session';

/** Whether the one who is signed in may do so. */
export function usePermission(permission: SignedIn['permissions'][number]): boolean {
  return useViewer()?.permissions.includes(permission) ?? false;
}
