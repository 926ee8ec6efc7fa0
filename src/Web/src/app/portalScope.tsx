import { Link, type LinkProps } from '@tanstack/react-router';
import type { TypedDocumentNode } from '@urql/core';
import { createContext, type ReactNode, useContext } from 'react';
import { useQuery } from 'urql';
import type { QueryState } from '@/ui/Loaded';

/**
 * Whose portal the pages show. Staff see a contact's portal by the same pages, at another path and by another field: each page's
 * query has both, and `preview` chooses. A preview must have an urql client of its own, for the cache would mix what staff see
 * with what the contact sees.
 */
export interface PortalScope {
  /** What the portal's paths begin with; empty for the contact's own. */
  base: string;
  variables: PortalVariables;
}

export interface PortalVariables {
  clientId: string | null;
  preview: boolean;
  previewClient: string;
  previewContact: string;
}

const PortalScopeContext = createContext<PortalScope | null>(null);

export const PortalScopeProvider = PortalScopeContext.Provider;

export function usePortalScope(): PortalScope {
  const scope = useContext(PortalScopeContext);
  if (!scope) throw new Error('Portal pages need a portal around them.');
  return scope;
}

/** Asks a portal page's query, in the name of the contact or as a preview of what they see. */
export function usePortalQuery<
  Data extends { portal?: unknown; preview?: object | null },
  Variables extends { [Name in Exclude<keyof PortalVariables, 'clientId'>]: PortalVariables[Name] },
>(document: TypedDocumentNode<Data, Variables>, variables: Omit<Variables, keyof PortalVariables>) {
  const scope = usePortalScope();
  const [result, ask] = useQuery<Data>({ query: document as TypedDocumentNode<Data>, variables: { ...variables, ...scope.variables } });
  const { data, error, fetching, stale } = result;
  const portal = data && portalIn(data);
  // Null once it was answered without an error: this portal is not, or not any more, open.
  const query: QueryState<{ portal: NonNullable<Data['portal']> | null }> = {
    data: portal || (portal === null && !error) ? { portal } : undefined,
    error,
    fetching,
    stale,
  };
  return {
    query,
    retry: () => ask({ requestPolicy: 'network-only' }),
  };
}

function portalIn<Data extends { portal?: unknown; preview?: object | null }>({ portal, preview }: Data) {
  const found = portal ?? (preview && 'portalAs' in preview ? preview.portalAs : null);
  return (found ?? null) as NonNullable<Data['portal']> | null; // both fields spread the same fragment
}

/** A link to a page of this portal. */
export function PortalLink({
  to,
  search,
  children,
  className,
}: {
  to: string;
  search?: Record<string, unknown>;
  children: ReactNode;
  className?: string | undefined;
}) {
  const { base } = usePortalScope();
  return (
    <Link to={(base + to) as LinkProps['to']} search={(search ?? {}) as never} className={className ?? ''}>
      {children}
    </Link>
  );
}
