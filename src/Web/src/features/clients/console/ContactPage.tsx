import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { moment } from '@/app/formats';
import { InvitationActions } from '@/features/invitations/console/InvitationActions';
import { LiveInvitations } from '@/features/invitations/console/LiveInvitations';
import { InvitationHistory } from '@/features/invitations/console/InvitationHistory';
import { Standing } from '@/features/invitations/console/Standing';
import { graphql } from '@/graphql/console';
import { Confirm } from '@/ui/Confirm';
import { sent } from '@/ui/Form';
import { EyeIcon } from '@/ui/icons';
import { LinkButton } from '@/ui/LinkButton';
import { Loaded } from '@/ui/Loaded';
import { Page, Panel } from '@/ui/Page';
import { ContactForm } from './ContactForm';
import styles from './ContactPage.module.css';
import { KindAccess } from './KindAccess';
import { RecordAccess } from './RecordAccess';
import { t } from './texts';
import { usePermission } from './usePermission';

const ContactQuery = graphql(`
  query Contact($id: ID!) {
    node(id: $id) {
      ... on Contact {
        ...ContactOfBoard
        ...AccessOfContact
        client {
          id
          name
          status
          internal
        }
      }
    }
  }
`);

const RemoveContact = graphql(`
  mutation RemoveContact($input: RemoveContactInput!) {
    removeContact(input: $input) {
      errors {
        ... on Error {
          message
        }
      }
    }
  }
`);

/** One contact: whether it has access, what it may see and is mailed about, and why it sees a record or does not. */
export function ContactPage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const can = {
    manage: usePermission('CLIENTS_MANAGE'),
    invite: usePermission('CLIENTS_INVITE'),
    preview: usePermission('PORTAL_PREVIEW'),
  };
  const [asked, setAsked] = useState<'change' | 'remove' | null>(null);
  const [version, setVersion] = useState(0);
  const [, remove] = useMutation(RemoveContact);
  const [query, ask] = useQuery({ query: ContactQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  if (!query.data) {
    return (
      <Page title={t.contact}>
        <Loaded query={query} retry={() => ask({ requestPolicy: 'network-only' })}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const { node } = query.data;
  if (node?.__typename !== 'Contact') {
    return (
      <Page title={t.noContact}>
        <p>{t.noClientHint}</p>
        <LinkButton to="/console" mt="lg">
          {t.clients}
        </LinkButton>
      </Page>
    );
  }
  const { client, invitation } = node;
  const isOpen = client.status === 'ACTIVE' && !client.internal;
  return (
    <Page
      title={node.name}
      lead={[node.jobTitle, node.email ?? t.noEmail].filter(Boolean).join(' · ')}
      above={
        <>
          <Link to="/console">{t.clients}</Link> /{' '}
          <Link to="/console/clients/$id" params={{ id: client.id }}>
            {client.name}
          </Link>
        </>
      }
      actions={
        <>
          {can.preview && client.status === 'ACTIVE' && (
            <LinkButton
              variant="default"
              size="md"
              leftSection={<EyeIcon />}
              to="/console/preview/$clientId/$contactId"
              params={{ clientId: client.id, contactId: id }}
            >
              {t.viewAs}
            </LinkButton>
          )}
          {can.manage && (
            <>
              <Button variant="default" size="md" onClick={() => setAsked('change')}>
                {t.changeContact}
              </Button>
              <Button variant="default" size="md" onClick={() => setAsked('remove')}>
                {t.removeContact}
              </Button>
            </>
          )}
        </>
      }
    >
      {can.invite && <LiveInvitations clientId={client.id} onSettled={() => setVersion((v) => v + 1)} />}
      <div className={styles.grid}>
        <Panel title={t.portalAccess}>
          <div className={styles.standing}>
            <Standing standing={invitation} hasEmail={node.email !== null} />
            {can.invite && (
              <div>
                <InvitationActions contact={node} clientName={client.name} canInvite={isOpen} />
              </div>
            )}
          </div>
          {can.invite && invitation.emailsInLast24Hours > 0 && (
            <p className={styles.small}>
              {t.mails(invitation.emailsInLast24Hours)}
              {invitation.nextEmailAllowedAt && ` ${t.nextMail(moment(invitation.nextEmailAllowedAt))}`}
            </p>
          )}
          <InvitationHistory contactId={id} version={version} />
        </Panel>
        <Panel title={t.whatTheySee} className={styles.wide ?? ''}>
          <KindAccess key={id} contact={node} canChange={can.manage} onSaved={() => setVersion((v) => v + 1)} />
        </Panel>
        <Panel title={t.records} className={styles.wide ?? ''}>
          <RecordAccess contactId={id} contactName={node.name} clientId={client.id} canChange={can.manage} version={version} />
        </Panel>
      </div>
      {asked === 'change' && (
        <ContactForm
          clientId={client.id}
          contact={{ ...node, isInvited: invitation.status === 'INVITED' }}
          onClose={() => setAsked(null)}
          onSaved={() => setAsked(null)}
        />
      )}
      {asked === 'remove' && (
        <Confirm
          title={t.removeTitle(node.name)}
          action={t.removeContact}
          isDangerous
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            const { errors } = (await sent(remove({ input: { id } }))).removeContact;
            if (!errors) navigate({ to: '/console/clients/$id', params: { id: client.id } });
            return errors;
          }}
        >
          {t.removeText(client.name)}
        </Confirm>
      )}
    </Page>
  );
}
