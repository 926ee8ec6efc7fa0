import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { onEnd, pipe, subscribe } from 'wonka';
import { follow } from '@/app/live';
import { graphql } from '@/graphql/console';
import type { ProgressFragment } from '@/graphql/console/graphql';
import { Lines, Loaded } from '@/ui/Loaded';
import { Panel } from '@/ui/Page';
import styles from './Run.module.css';
import { RunRows } from './RunRows';
import { t } from './texts';

const RunQuery = graphql(`
  query BulkRun($id: ID!) {
    bulkInvitation(id: $id) {
      ...Progress
    }
  }
  fragment Progress on BulkInvitation {
    id
    state
    total
    queued
    sent
    skipped
    failed
  }
`);

const ProgressOfRun = graphql(`
  subscription BulkProgress($id: ID!) {
    bulkInvitationProgress(id: $id) {
      ...Progress
    }
  }
`);

/** How far a call that invited many is, until it is closed; what was skipped, and why. */
export function Run({ id, version, onDismiss }: { id: string; version: number; onDismiss: () => void }) {
  const [query, ask] = useQuery({ query: RunQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const [shown, setShown] = useState<'skipped' | 'others' | null>(null);
  useProgress(id, query.data?.bulkInvitation?.state === 'RUNNING');
  return (
    <div className={styles.run}>
      <Panel
        title={query.data?.bulkInvitation?.state === 'DONE' ? t.runDone : t.run}
        more={
          <Button variant="subtle" size="compact-sm" onClick={onDismiss}>
            {t.dismiss}
          </Button>
        }
      >
        <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines count={1} />}>
          {({ bulkInvitation: run }) =>
            run ? (
              <>
                <Bar run={run} />
                <div className={styles.choices}>
                  {run.skipped > 0 && (
                    <Button
                      variant="default"
                      size="compact-md"
                      aria-expanded={shown === 'skipped'}
                      onClick={() => setShown(shown === 'skipped' ? null : 'skipped')}
                    >
                      {shown === 'skipped' ? t.hideRows : t.showSkipped(run.skipped)}
                    </Button>
                  )}
                  {run.total > run.skipped && (
                    <Button
                      variant="default"
                      size="compact-md"
                      aria-expanded={shown === 'others'}
                      onClick={() => setShown(shown === 'others' ? null : 'others')}
                    >
                      {shown === 'others' ? t.hideRows : t.showOthers}
                    </Button>
                  )}
                </div>
                {shown && <RunRows key={shown} id={id} skipped={shown === 'skipped'} version={version} />}
              </>
            ) : (
              <p>{t.runGone}</p>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

function Bar({ run }: { run: ProgressFragment }) {
  const settled = run.total - run.queued;
  const share = run.total === 0 ? 1 : settled / run.total;
  // Read out by the quarter: every step would drown out all else.
  const quarter = Math.floor(share * 4) / 4;
  return (
    <>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t.run}
        aria-valuemin={0}
        aria-valuemax={run.total}
        aria-valuenow={settled}
      >
        <div className={styles.sent} style={{ flexGrow: run.sent }} />
        <div className={styles.failed} style={{ flexGrow: run.failed }} />
        <div className={styles.skipped} style={{ flexGrow: run.skipped }} />
        <div style={{ flexGrow: run.queued }} />
      </div>
      <dl className={styles.counts}>
        {(['sent', 'queued', 'skipped', 'failed'] as const).map((name) => (
          <div key={name} className={styles.count} data-count={name}>
            <dd className="figures">{run[name].toLocaleString()}</dd>
            <dt>{t.counts[name]}</dt>
          </div>
        ))}
      </dl>
      <VisuallyHidden role="status">
        {run.state === 'DONE' ? t.runDone : t.progress(Math.round(quarter * run.total), run.total)}
      </VisuallyHidden>
    </>
  );
}

/** Each answer tells all, so there is nothing to catch up with after an interruption: it asks again. */
function useProgress(id: string, isRunning: boolean) {
  const client = useClient();
  useEffect(
    () =>
      isRunning
        ? follow({
            idOf: () => id,
            listen: (_after, tell, ended) =>
              pipe(
                client.subscription(ProgressOfRun, { id }),
                onEnd(ended),
                subscribe((result) => result.data && tell(result.data)),
              ).unsubscribe,
          })
        : undefined,
    [client, id, isRunning],
  );
}
