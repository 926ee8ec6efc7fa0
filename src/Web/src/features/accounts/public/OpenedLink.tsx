import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/graphql/portal';
import type { AccountLinkQuery } from '@/graphql/portal/graphql';
import { Loaded } from '@/ui/Loaded';
import { PublicPage } from '@/ui/PublicPage';
import { t } from './texts';

const AccountLink = graphql(`
  query AccountLink($token: String!) {
    accountLink(token: $token) {
      setsPassword
      name
      email
      expiresAt
    }
  }
`);

export type AccountLinkData = NonNullable<AccountLinkQuery['accountLink']>;

/** What stands behind a mailed link, or that it is not valid. */
export function OpenedLink({
  token,
  title,
  setsPassword,
  children,
}: {
  token: string;
  title: string;
  setsPassword: boolean;
  children: (link: AccountLinkData) => ReactNode;
}) {
  const [query, ask] = useQuery({ query: AccountLink, variables: { token } });
  const link = query.data?.accountLink;
  if (query.data && link?.setsPassword !== setsPassword) {
    return (
      <PublicPage title={t.linkOver}>
        <p>{t.linkOverHint}</p>
        <p style={{ marginTop: 'var(--gap-l)' }}>
          <Link to={setsPassword ? '/forgot-password' : '/sign-in'}>{setsPassword ? t.askAgain : t.backToSignIn}</Link>
        </p>
      </PublicPage>
    );
  }
  return (
    <PublicPage title={title}>
      <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })}>
        {(data) => data.accountLink && children(data.accountLink)}
      </Loaded>
    </PublicPage>
  );
}
