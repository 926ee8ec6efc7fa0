import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { useViewer } from '@/app/session';
import { Needs } from '@/features/clients/console/Needs';
import { graphql } from '@/graphql/console';
import type { StaffOfListFragment } from '@/graphql/console/graphql';
import { Confirm } from '@/ui/Confirm';
import { sent } from '@/ui/Form';
import { Lines, Loaded } from '@/ui/Loaded';
import { Page, Panel } from '@/ui/Page';
import { Pager } from '@/ui/Pager';
import { type PageAt, pageVariables } from '@/ui/paging';
import { Status } from '@/ui/Status';
import styles from './Staff.module.css';
import { StaffForm } from './StaffForm';
import { t } from './texts';

const StaffQuery = graphql(`
  query Staff($first: Int, $after: String, $last: Int, $before: String) {
    staff(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        ...StaffOfList
      }
    }
  }
  fragment StaffOfList on StaffMember {
    id
    name
    email
    permissions
    active
  }
`);

const DeactivateStaffMember = graphql(`
  mutation DeactivateStaffMember($input: DeactivateStaffMemberInput!) {
    deactivateStaffMember(input: $input) {
      staffMember {
        ...StaffOfList
      }
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

export function Staff() {
  return (
    <Needs permission="STAFF_MANAGE">
      <List />
    </Needs>
  );
}

type Asked = { do: 'add' } | { do: 'permissions' | 'deactivate'; member: StaffOfListFragment };

/** Who works here, and what each may do. */
function List() {
  const at: PageAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const viewer = useViewer();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [, deactivate] = useMutation(DeactivateStaffMember);
  const [query, ask] = useQuery({ query: StaffQuery, requestPolicy: 'cache-and-network', variables: pageVariables(at) });
  return (
    <Page
      title={t.staff}
      actions={
        <Button size="md" onClick={() => setAsked({ do: 'add' })}>
          {t.add}
        </Button>
      }
    >
      <p className={styles.hint}>{t.hint}</p>
      <Panel>
        <Loaded pageOf="list" query={query} retry={() => ask({ requestPolicy: 'network-only' })} skeleton={<Lines />}>
          {({ staff }) => (
            <>
              <ul aria-label={t.caption}>
                {staff.nodes.map((member) => (
                  <li key={member.id} className={styles.member}>
                    <div>
                      <p className={styles.name}>
                        {member.name} {member.email === viewer?.email && <Status tone="accent">{t.you}</Status>}{' '}
                        {!member.active && <Status tone="quiet">{t.inactive}</Status>}
                      </p>
                      <p className={styles.small}>{member.email}</p>
                    </div>
                    <p className={styles.small}>
                      {member.permissions.length > 0 ? t.may(member.permissions.map((p) => t.names[p]).join(', ')) : t.mayNothing}
                    </p>
                    {member.active && (
                      <div className={styles.actions}>
                        <Button
                          variant="default"
                          size="compact-md"
                          aria-label={t.changeOf(member.name)}
                          onClick={() => setAsked({ do: 'permissions', member })}
                        >
                          {t.change}
                        </Button>
                        <Button
                          variant="subtle"
                          color="gray"
                          size="compact-md"
                          className={styles.quiet ?? ''}
                          aria-label={t.deactivateOf(member.name)}
                          onClick={() => setAsked({ do: 'deactivate', member })}
                        >
                          {t.deactivate}
                        </Button>
                      </div>
                    )}
                  </li>
                ))}
              </ul>
              <Pager page={staff} at={at} onMove={(to) => navigate({ to: '.', search: to as never })} />
            </>
          )}
        </Loaded>
      </Panel>
      {asked?.do === 'add' && <StaffForm onClose={() => setAsked(null)} />}
      {asked?.do === 'permissions' && <StaffForm member={asked.member} onClose={() => setAsked(null)} />}
      {asked?.do === 'deactivate' && (
        <Confirm
          title={t.deactivateTitle(asked.member.name)}
          action={t.deactivate}
          isDangerous
          onClose={() => setAsked(null)}
          onConfirm={async () => (await sent(deactivate({ input: { id: asked.member.id } }))).deactivateStaffMember.errors}
        >
          {t.deactivateText}
        </Confirm>
      )}
    </Page>
  );
}
