import { TextInput } from '@mantine/core';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/console';
import { Dialog } from '@/ui/Dialog';
import { Form, sent } from '@/ui/Form';
import { t } from './texts';

const CreateContact = graphql(`
  mutation CreateContact($input: CreateContactInput!) {
    createContact(input: $input) {
      contact {
        ...ContactOfBoard
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

const UpdateContact = graphql(`
  mutation UpdateContact($input: UpdateContactInput!) {
    updateContact(input: $input) {
      contact {
        ...ContactOfBoard
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

interface ContactFormProps {
  clientId: string;
  /** Left out for a new one. */
  contact?: { id: string; name: string; email: string | null; jobTitle: string | null; isInvited: boolean };
  onSaved: (id: string) => void;
  onClose: () => void;
}

/** Adds a contact to a client, or changes one. */
export function ContactForm({ clientId, contact, onSaved, onClose }: ContactFormProps) {
  const [, create] = useMutation(CreateContact);
  const [, update] = useMutation(UpdateContact);

  async function save({ name = '', email = '', jobTitle = '' }: Record<string, string>) {
    const given = { name, email: email.trim() || null, jobTitle: jobTitle || null };
    const { contact: saved, errors } = contact
      ? (await sent(update({ input: { id: contact.id, ...given } }))).updateContact
      : (await sent(create({ input: { clientId, ...given } }))).createContact;
    if (saved && !errors) onSaved(saved.id);
    return errors;
  }

  return (
    <Dialog title={contact ? t.changeContact : t.addContact} onClose={onClose}>
      <Form submit={contact ? t.save : t.add} onSubmit={save}>
        {(errorOf) => (
          <>
            <TextInput name="name" label={t.name} defaultValue={contact?.name} maxLength={200} error={errorOf('name')} />
            <TextInput
              name="email"
              type="email"
              label={t.email}
              description={contact?.isInvited ? t.emailWhileInvited : t.emailHint}
              defaultValue={contact?.email ?? ''}
              error={errorOf('email')}
            />
            <TextInput
              name="jobTitle"
              label={t.jobTitle}
              defaultValue={contact?.jobTitle ?? ''}
              maxLength={200}
              error={errorOf('jobTitle')}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
