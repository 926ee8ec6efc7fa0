import { NativeSelect, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { graphql } from '@/graphql/console';
import type { AccessReason, RecordException } from '@/graphql/console/graphql';
import { sent } from '@/ui/Form';
import { describe } from '@/ui/Loaded';
import { Status } from '@/ui/Status';
import styles from './ContactPage.module.css';
import { t } from './texts';

const Explain = graphql(`
  query ExplainAccess($contactId: ID!, $recordId: ID!) {
    node(id: $contactId) {
      ... on Contact {
        id
        explainAccess(recordId: $recordId) {
          visible
          reason
          message
        }
      }
    }
  }
`);

const SetRecordAccess = graphql(`
  mutation SetRecordAccess($input: SetRecordAccessInput!) {
    setRecordAccess(input: $input) {
      contact {
        id
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

interface ExplainedRecordProps {
  contactId: string;
  contactName: string;
  recordId: string;
  title: string;
  canChange: boolean;
  /** Another number: what was explained may have changed. */
  version: number;
}

/** One record: whether the contact sees it, the one thing that decides it, and an exception for this record alone. */
export function ExplainedRecord({ contactId, contactName, recordId, title, canChange, version }: ExplainedRecordProps) {
  const [{ data, error }, ask] = useQuery({ query: Explain, variables: { contactId, recordId }, requestPolicy: 'cache-and-network' });
  const [, set] = useMutation(SetRecordAccess);
  const [failure, setFailure] = useState<string>();
  const [chosen, setChosen] = useState<Exception>();
  useEffect(() => {
    if (version > 0) ask({ requestPolicy: 'network-only' });
  }, [version, ask]);
  const explained = data?.node?.__typename === 'Contact' ? data.node.explainAccess : null;

  async function except(choice: Exception) {
    setFailure(undefined);
    const exception = choice === 'NONE' ? null : choice;
    try {
      const refused = (await sent(set({ input: { contactId, recordId, exception } }))).setRecordAccess.errors?.[0];
      setFailure(refused?.message);
      if (!refused) setChosen(choice);
      ask({ requestPolicy: 'network-only' });
    } catch (e) {
      setFailure((e as Error).message);
    }
  }

  return (
    <li className={styles.record}>
      <p className={styles.title}>{title}</p>
      <div className={styles.why}>
        {explained ? (
          <>
            <Status tone={explained.visible ? 'good' : 'quiet'}>{explained.visible ? t.visible : t.hidden}</Status>
            <span className={styles.small}>{t.reasons[explained.reason](contactName)}</span>
          </>
        ) : error ? (
          <span className={styles.error}>{describe(error)}</span>
        ) : (
          <Skeleton h="1.5rem" w="60%" />
        )}
      </div>
      {canChange && (
        <NativeSelect
          size="sm"
          aria-label={t.exceptionOf(title)}
          value={chosen ?? (explained && exceptionOf(explained.reason)) ?? ''}
          disabled={!explained}
          onChange={(e) => except(e.currentTarget.value as Exception)}
          data={[
            { value: '', label: t.exception, disabled: true },
            { value: 'NONE', label: t.noException },
            { value: 'GRANTED', label: t.granted },
            { value: 'WITHHELD', label: t.withheld },
          ]}
          error={failure}
        />
      )}
    </li>
  );
}

type Exception = RecordException | 'NONE';

/** The exception as far as the reason tells it: what is hidden from everybody says nothing about this contact. */
function exceptionOf(reason: AccessReason): Exception | null {
  if (reason === 'GRANTED_FOR_RECORD') return 'GRANTED';
  if (reason === 'WITHHELD_FOR_RECORD') return 'WITHHELD';
  return reason === 'NO_PORTAL_ACCESS' || reason === 'NOT_PUBLISHED' || reason === 'OTHER_CLIENT' ? null : 'NONE';
}
