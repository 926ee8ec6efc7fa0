import { useEffect } from 'react';
import { useQuery } from 'urql';
import { moment } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { InvitationDetail, InvitationStatus } from '@/graphql/console/graphql';
import { Lines, Loaded } from '@/ui/Loaded';
import styles from './InvitationHistory.module.css';
import { t } from './texts';

const History = graphql(`
  query InvitationHistory($id: ID!) {
    node(id: $id) {
      ... on Contact {
        id
        invitation {
          history(first: 10) {
            nodes {
              id
              at
              status
              detail
              by
            }
          }
        }
      }
    }
  }
`);

/** What happened with a contact's invitation, the latest first. */
export function InvitationHistory({ contactId, version }: { contactId: string; version: number }) {
  const [query, ask] = useQuery({ query: History, variables: { id: contactId }, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    if (version > 0) ask({ requestPolicy: 'network-only' });
  }, [version, ask]);
  return (
    <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={2} height="1.5rem" />}>
      {({ node }) => {
        const events = node?.__typename === 'Contact' ? node.invitation.history.nodes : [];
        return (
          events.length > 0 && (
            <>
              <h3 className={styles.title}>{t.history}</h3>
              <ol>
                {events.map((event) => (
                  <li key={event.id} className={styles.event}>
                    <time dateTime={event.at} className="figures">
                      {moment(event.at)}
                    </time>
                    <span>
                      {wordsOf(event)}{' '}
                      <span className={styles.by}>{event.by ? t.by(event.by) : t.bySystem}</span>
                    </span>
                  </li>
                ))}
              </ol>
            </>
          )
        );
      }}
    </Loaded>
  );
}

function wordsOf({ status, detail }: { status: InvitationStatus; detail: InvitationDetail | null }): string {
  if (detail === 'QUEUED') return t.invitedThen;
  return detail && status !== 'ONBOARDED' ? t.details[detail] : t.statuses[status];
}
