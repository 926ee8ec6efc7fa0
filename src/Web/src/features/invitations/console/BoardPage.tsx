import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { Needs } from '@/features/clients/console/Needs';
import { graphql } from '@/graphql/console';
import { Choices } from '@/ui/Choices';
import bar from '@/ui/ListBar.module.css';
import { Page } from '@/ui/Page';
import { SearchField } from '@/ui/SearchField';
import { type BoardSearch, contactFilterOf, shows } from '../boardSearch';
import styles from './Board.module.css';
import { BoardClients } from './BoardClients';
import { BoardContacts } from './BoardContacts';
import { InviteMany, type Wanted } from './InviteMany';
import { Run } from './Run';
import { t } from './texts';
import { useInvitationChanges } from './useInvitationChanges';

const SummaryQuery = graphql(`
  query InvitationSummary {
    invitationSummary {
      notInvited
      invited
      onboarded
    }
  }
`);

/** The board is for those who may invite. */
export function BoardPage() {
  return (
    <Needs permission="CLIENTS_INVITE">
      <Board />
    </Needs>
  );
}

/** Every contact by client and by how far its invitation is; whatever changes, changes here at once. */
function Board() {
  const search: BoardSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const [summary, askSummary] = useQuery({ query: SummaryQuery, requestPolicy: 'cache-and-network' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<Wanted | null>(null);
  // Changes of what stands on the page arrive by themselves; the number tells the lists when to look for what else is different.
  const [version, setVersion] = useState(0);
  const [interruptions, setInterruptions] = useState(0);
  const { isLive, told } = useInvitationChanges(null, (mayHaveMissed) => {
    askSummary({ requestPolicy: 'network-only' });
    setVersion((v) => v + 1);
    if (mayHaveMissed) setInterruptions((n) => n + 1);
  });

  const go = useCallback(
    (to: BoardSearch, replace = false) => navigate({ to: '.', search: to as never, replace, resetScroll: false }),
    [navigate],
  );
  const { show, run, q } = search;
  const find = useCallback((text: string) => go({ q: text || undefined, show, run }, true), [go, show, run]);
  const choose = useCallback((ids: readonly string[], on: boolean) => {
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  }, []);
  const figures = summary.data?.invitationSummary;
  const List = contactFilterOf(search) ? BoardContacts : BoardClients;

  return (
    <Page
      title={t.invitations}
      actions={
        <Button size="md" onClick={() => setWanted({ kind: 'all', count: figures?.notInvited ?? 0 })}>
          {t.inviteEveryone}
        </Button>
      }
    >
      <div className={styles.head}>
        <dl className={styles.summary} aria-label={t.summary}>
          {(
            [
              ['NOT_INVITED', figures?.notInvited],
              ['INVITED', figures?.invited],
              ['ONBOARDED', figures?.onboarded],
            ] as const
          ).map(([status, count]) => (
            <div key={status} className={styles.figure}>
              <dt>{t.statuses[status]}</dt>
              <dd>{count?.toLocaleString() ?? <Skeleton h="2rem" w="4rem" />}</dd>
            </div>
          ))}
        </dl>
        <p role="status" className={isLive ? styles.live : styles.notLive}>
          {isLive ? t.live : t.notLive}
        </p>
        <VisuallyHidden role="status">{told}</VisuallyHidden>
      </div>
      {run && <Run id={run} version={version} onDismiss={() => go({ ...search, run: undefined }, true)} />}
      <div className={bar.bar}>
        <Choices
          label={t.filter}
          value={show}
          onChoose={(value) => go({ q, show: value, run })}
          choices={[{ value: undefined, label: t.all }, ...shows.map((value) => ({ value, label: t[value] }))]}
        />
        <div className={bar.search}>
          <SearchField label={t.search} value={q ?? ''} onSearch={find} />
        </div>
      </div>
      <List
        search={search}
        version={version}
        interruptions={interruptions}
        selected={selected}
        onSelect={choose}
        onInviteClient={(id, name) => setWanted({ kind: 'client', id, name })}
        onMove={(at) => go({ q, show, run, ...at })}
      />
      {selected.size > 0 && (
        <section className={styles.selection} aria-label={t.selected(selected.size)}>
          <p role="status">{t.selected(selected.size)}</p>
          <div className={styles.selectionActions}>
            <Button variant="default" onClick={() => setSelected(new Set())}>
              {t.clearSelection}
            </Button>
            <Button onClick={() => setWanted({ kind: 'contacts', ids: [...selected] })}>{t.inviteSelected(selected.size)}</Button>
          </div>
        </section>
      )}
      {wanted && (
        <InviteMany
          wanted={wanted}
          onClose={() => setWanted(null)}
          onStarted={(id) => {
            setSelected(new Set());
            go({ ...search, run: id });
            window.scrollTo({ top: 0 });
          }}
        />
      )}
    </Page>
  );
}
