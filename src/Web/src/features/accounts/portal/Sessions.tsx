import { Button } from '@mantine/core';
import { useMutation, useQuery } from 'urql';
import { moment } from '@/app/formats';
import { graphql } from '@/graphql/portal';
import { describe, Loaded } from '@/ui/Loaded';
import { Status } from '@/ui/Status';
import { browserOf } from './browser';
import styles from './Profile.module.css';
import { t } from './texts';

const SessionsQuery = graphql(`
  query Sessions {
    viewer {
      id
      sessions {
        id
        createdAt
        lastSeenAt
        userAgent
        current
      }
    }
  }
`);

const EndSession = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      viewer {
        id
        sessions {
          id
        }
      }
      errors {
        ... on NotFoundError {
          message
        }
        ... on ForbiddenError {
          message
        }
      }
    }
  }
`);

/** Where one is signed in; every session but this one can be ended from here. */
export function Sessions() {
  const [query, ask] = useQuery({ query: SessionsQuery, requestPolicy: 'cache-and-network' });
  const [{ fetching, error, data }, end] = useMutation(EndSession);
  const refused = error ? describe(error) : data?.endSession.errors?.[0]?.message;
  return (
    <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })}>
      {({ viewer }) => (
        <>
        <p role="alert" className={styles.failed}>{refused}</p>
        <ul>
          {viewer?.sessions.map((session) => {
            const name = browserOf(session.userAgent ?? '') ?? t.unknown;
            return (
              <li key={session.id} className={styles.session}>
                <div>
                  <p>
                    {name} {session.current && <Status tone="good">{t.thisOne}</Status>}
                  </p>
                  <p className={styles.small}>{t.lastSeen(moment(session.lastSeenAt))}</p>
                </div>
                {!session.current && (
                  <Button
                    variant="default"
                    disabled={fetching}
                    aria-label={t.endOf(name)}
                    onClick={() => end({ input: { sessionId: session.id } })}
                  >
                    {t.end}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        </>
      )}
    </Loaded>
  );
}
