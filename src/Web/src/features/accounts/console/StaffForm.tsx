import { Checkbox, TextInput } from '@mantine/core';
import { useMutation } from 'urql';
import { graphql } from '@/graphql/console';
import type { Permission, StaffOfListFragment } from '@/graphql/console/graphql';
import { Dialog } from '@/ui/Dialog';
import { Form, sent } from '@/ui/Form';
import styles from './Staff.module.css';
import { t } from './texts';

const AddStaffMember = graphql(`
  mutation AddStaffMember($input: AddStaffMemberInput!) {
    addStaffMember(input: $input) {
      staffMember {
        ...StaffOfList
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

const SetStaffPermissions = graphql(`
  mutation SetStaffPermissions($input: SetStaffPermissionsInput!) {
    setStaffPermissions(input: $input) {
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

const all = Object.keys(t.names) as Permission[];

/** Adds a member of staff, or sets what one may do. */
export function StaffForm({ member, onClose }: { member?: StaffOfListFragment; onClose: () => void }) {
  const [, add] = useMutation(AddStaffMember);
  const [, set] = useMutation(SetStaffPermissions);

  async function save(values: Record<string, string>) {
    const { name = '', email = '' } = values;
    const permissions = all.filter((permission) => permission in values);
    const { errors } = member
      ? (await sent(set({ input: { id: member.id, permissions } }))).setStaffPermissions
      : (await sent(add({ input: { name, email, permissions } }))).addStaffMember;
    if (!errors) onClose();
    return errors;
  }

  return (
    <Dialog title={member ? t.changeOf(member.name) : t.add} onClose={onClose}>
      <Form submit={member ? t.save : t.add} onSubmit={save}>
        {(errorOf) => (
          <>
            {!member && (
              <>
                <TextInput name="name" label={t.name} maxLength={200} error={errorOf('name')} />
                <TextInput name="email" type="email" label={t.email} description={t.emailHint} error={errorOf('email')} />
              </>
            )}
            <fieldset className={styles.permissions}>
              <legend>{t.permissions}</legend>
              {all.map((permission) => (
                <Checkbox
                  key={permission}
                  name={permission}
                  label={t.names[permission]}
                  defaultChecked={member?.permissions.includes(permission) ?? false}
                />
              ))}
            </fieldset>
          </>
        )}
      </Form>
    </Dialog>
  );
}
