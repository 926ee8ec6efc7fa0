import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/console';
import type { ClientOfPageFragment } from '@/graphql/console/graphql';
import { Dialog } from '@/ui/Dialog';
import { Form, sent } from '@/ui/Form';
import { t } from './texts';

const CreateClient = graphql(`
  mutation CreateClient($input: CreateClientInput!) {
    createClient(input: $input) {
      client {
        ...ClientOfPage
      }
      errors {
        ... on Error {
          message
        }
        ... on ValidationError {
          field
        }
      }
    }
  }
`);

const UpdateClient = graphql(`
  mutation UpdateClient($input: UpdateClientInput!) {
    updateClient(input: $input) {
      client {
        ...ClientOfPage
      }
      errors {
        ... on Error {
          message
        }
        ... on ValidationError {
          field
        }
        ... on InternalClientError {
          contacts {
            id
            name
          }
        }
      }
    }
  }
`);

interface ClientFormProps {
  /** Left out for a new one. */
  client?: ClientOfPageFragment;
  onSaved: (id: string) => void;
  onClose: () => void;
}

/** Adds a client, or changes one. */
export function ClientForm({ client, onSaved, onClose }: ClientFormProps) {
  const [, create] = useMutation(CreateClient);
  const [, update] = useMutation(UpdateClient);
  const [inTheWay, setInTheWay] = useState<readonly { id: string; name: string }[]>([]);

  async function save(values: Record<string, string>) {
    const { name = '', currency = '', number = '', internalNote = '' } = values;
    const given = { name, currency: currency.trim().toUpperCase(), internal: 'internal' in values, internalNote: internalNote || null };
    setInTheWay([]);
    if (client) {
      const { errors } = (await sent(update({ input: { id: client.id, status: values.status as 'ACTIVE' | 'INACTIVE', ...given } })))
        .updateClient;
      setInTheWay(errors?.flatMap((e) => ('contacts' in e ? e.contacts : [])) ?? []);
      if (!errors) onSaved(client.id);
      return errors;
    }
    const { client: made, errors } = (await sent(create({ input: { number: number || null, ...given } }))).createClient;
    if (made) onSaved(made.id);
    return errors;
  }

  return (
    <Dialog title={client ? t.changeClient : t.addClient} onClose={onClose}>
      <Form submit={client ? t.save : t.add} onSubmit={save}>
        {(errorOf) => (
          <>
            <TextInput name="name" label={t.name} defaultValue={client?.name} maxLength={200} error={errorOf('name')} data-autofocus />
            {!client && <TextInput name="number" label={t.number} description={t.numberHint} maxLength={40} error={errorOf('number')} />}
            <TextInput
              name="currency"
              label={t.currency}
              description={t.currencyHint}
              defaultValue={client?.currency ?? 'EUR'}
              maxLength={3}
              error={errorOf('currency')}
            />
            {client && (
              <NativeSelect
                name="status"
                label={t.status}
                description={t.inactiveHint}
                defaultValue={client.status}
                data={[
                  { value: 'ACTIVE', label: t.active },
                  { value: 'INACTIVE', label: t.inactive },
                ]}
              />
            )}
            <Checkbox name="internal" label={t.isInternal} description={t.internalHint} defaultChecked={client?.internal ?? false} />
            <Textarea
              name="internalNote"
              label={t.note}
              description={t.noteHint}
              defaultValue={client?.internalNote ?? ''}
              minRows={3}
              error={errorOf('internalNote')}
            />
            {inTheWay.length > 0 && (
              <div>
                <p>{t.inTheWay}</p>
                <ul aria-label={t.inTheWay}>
                  {inTheWay.map((contact) => (
                    <li key={contact.id}>
                      <Link to="/console/contacts/$id" params={{ id: contact.id }}>
                        {contact.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
