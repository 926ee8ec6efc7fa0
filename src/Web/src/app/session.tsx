import type { Client } from '@urql/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { Provider, useQuery } from 'urql';
import { graphql } from '@/graphql/portal';
import type { ViewerQuery } from '@/graphql/portal/graphql';
import { createClient } from './client';

const Viewer = graphql(`
  query Viewer {
    viewer {
      id
      name
      email
      memberType
      permissions
      memberships {
        clientId
        clientName
        since
        contact {
          id
        }
      }
    }
  }
`);

/** Asks whether the session is still there. That it is not is told to whoever holds it: see begin. */
export const checkSession = (client: Client) => client.query(Viewer, {}, { requestPolicy: 'network-only' }).toPromise();

export type SignedIn = NonNullable<ViewerQuery['viewer']>;

interface Session {
  client: Client;
  /** Whether the session before ended without being signed out of here. */
  ended: boolean;
}

let session: Session = begin(false);
const listeners = new Set<() => void>();

function begin(ended: boolean): Session {
  // Several requests may be told of the end at once: only the first one is told of this session's.
  return { client: createClient((client) => client === session.client && replace(true)), ended };
}

function replace(ended: boolean) {
  session = begin(ended);
  for (const listener of listeners) listener();
}

/** Forgets everything that was read: somebody else is signed in now, or nobody. */
export const restartSession = () => replace(false);

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}

export function SessionProvider({ children }: { children: ReactNode }) {
  return <Provider value={useSession().client}>{children}</Provider>;
}

/** Who is signed in: undefined while that is not known, null when nobody is. */
export function useViewer(): SignedIn | null | undefined {
  const [{ data, error }] = useQuery({ query: Viewer });
  if (error && !data && error.response?.status !== 401) {
    throw error;
  }
  return data?.viewer;
}
