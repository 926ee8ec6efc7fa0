import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import type { AccessOfContactFragment, RecordKind, Visibility } from '@/graphql/console/graphql';
import { BeforeLeaving } from '@/ui/BeforeLeaving';
import { sent } from '@/ui/Form';
import { presetOf, shownKinds } from './accessSummary';
import styles from './ContactPage.module.css';
import { t } from './texts';

const PresetsQuery = graphql(`
  query AccessPresets {
    accessPresets {
      name
      label
      access {
        kind
        visibility
      }
    }
  }
`);

const SetContactAccess = graphql(`
  mutation SetContactAccess($input: SetContactAccessInput!) {
    setContactAccess(input: $input) {
      contact {
        ...AccessOfContact
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

const levels: readonly Visibility[] = ['NONE', 'ADDRESSED', 'ALL'];

type Access = AccessOfContactFragment['access'];

/** What a contact sees of each kind of record, and which they are mailed: two settings that do not touch each other. */
export function KindAccess({ contact, canChange, onSaved }: { contact: AccessOfContactFragment; canChange: boolean; onSaved: () => void }) {
  const [{ data }] = useQuery({ query: PresetsQuery });
  const [, set] = useMutation(SetContactAccess);
  const [changes, setChanges] = useState<ReadonlyMap<RecordKind, Access[number]>>(new Map());
  const [state, setState] = useState<{ isBusy?: boolean; isSaved?: boolean; error?: string }>({});
  const access = contact.access.map((a) => changes.get(a.kind) ?? a);
  const changed = access.filter((a, i) => a.visibility !== contact.access[i]?.visibility || a.notify !== contact.access[i]?.notify);
  const presets = data?.accessPresets ?? [];
  const preset = presetOf(access, presets);

  function change(...to: Access) {
    setState({});
    setChanges((before) => new Map([...before, ...to.map((a) => [a.kind, a] as const)]));
  }

  async function save() {
    setState({ isBusy: true });
    try {
      const input = { contactId: contact.id, access: changed.map(({ kind, visibility, notify }) => ({ kind, visibility, notify })) };
      const refused = (await sent(set({ input }))).setContactAccess.errors?.[0];
      if (!refused) setChanges(new Map());
      setState(refused ? { error: refused.message } : { isSaved: true });
      if (!refused) onSaved();
    } catch (error) {
      setState({ error: (error as Error).message });
    }
  }

  return (
    <>
      <BeforeLeaving isUnsaved={changed.length > 0} />
      {canChange && (
        <fieldset className={styles.presets} aria-label={t.presets}>
          {presets.map((p) => (
            <Button
              key={p.name}
              variant={p === preset ? 'filled' : 'default'}
              size="compact-md"
              aria-pressed={p === preset}
              onClick={() =>
                change(...access.map((a) => ({ ...a, visibility: p.access.find((x) => x.kind === a.kind)?.visibility ?? a.visibility })))
              }
            >
              {p.label}
            </Button>
          ))}
        </fieldset>
      )}
      <table className={styles.matrix} aria-label={t.whatTheySee}>
        <thead>
          <tr>
            <th scope="col">{t.kind}</th>
            {levels.map((level) => (
              <th key={level} scope="col">
                {t.levels[level]}
              </th>
            ))}
            <th scope="col">{t.mailed}</th>
          </tr>
        </thead>
        <tbody>
          {access.map((a) => (
            <tr key={a.kind} className={shownKinds.includes(a.kind) ? '' : styles.later}>
              <th scope="row">{t.kinds[a.kind]}</th>
              {levels.map((level) => (
                <td key={level}>
                  <label>
                    <input
                      type="radio"
                      name={a.kind}
                      aria-label={`${t.kinds[a.kind]}: ${t.levels[level]}`}
                      checked={a.visibility === level}
                      disabled={!canChange}
                      onChange={() => change({ ...a, visibility: level })}
                    />
                  </label>
                </td>
              ))}
              <td>
                <label>
                  <input
                    type="checkbox"
                    aria-label={t.mailedOf(t.kinds[a.kind])}
                    checked={a.notify}
                    disabled={!canChange}
                    onChange={(e) => change({ ...a, notify: e.currentTarget.checked })}
                  />
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {canChange && (
        <div className={styles.foot}>
          <Button size="md" loading={state.isBusy ?? false} disabled={changed.length === 0} onClick={save}>
            {t.saveAccess}
          </Button>
          {changed.length > 0 && (
            <Button variant="subtle" color="gray" onClick={() => setChanges(new Map())}>
              {t.discard}
            </Button>
          )}
          <p role="status" className={state.error ? styles.error : styles.small}>
            {state.error ?? (state.isSaved && changed.length === 0 ? t.accessSaved : changed.length > 0 ? t.unsaved(changed.length) : '')}
          </p>
        </div>
      )}
    </>
  );
}
