import { Navigate, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Lines } from '@/ui/Loaded';
import { type SignedIn, useViewer } from './session';

/** Lets those in who are signed in and belong here; others find their way to the sign-in, and back, or to their own start page. */
export function RequireViewer({ memberType, children }: { memberType: SignedIn['memberType']; children: (viewer: SignedIn) => ReactNode }) {
  const viewer = useViewer();
  const href = useRouterState({ select: (state) => state.location.href });
  if (viewer === undefined) {
    return (
      <div aria-busy="true" style={{ maxWidth: 'var(--width)', margin: '6rem auto', padding: 'var(--gap-l)' }}>
        <Lines count={5} height="3.5rem" />
      </div>
    );
  }
  if (viewer === null) {
    // Already on the way there: this page stays until the other one is loaded.
    if (href.startsWith('/sign-in')) return null;
    return <Navigate to="/sign-in" search={href === '/' ? {} : { next: href }} replace />;
  }
  return viewer.memberType === memberType ? children(viewer) : <Navigate to={viewer.memberType === 'STAFF' ? '/console' : '/'} replace />;
}
