import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { UseMutationExecute } from 'urql';
import styles from './Form.module.css';
import { describe } from './Loaded';

export interface UserError {
  __typename?: string | undefined;
  message: string;
  field?: string;
}

/** What came of sending a form: the errors that a person can mend. */
export type Outcome = readonly UserError[] | null | undefined;

interface FormProps {
  submit: string;
  /** Sends it; gives what was refused, or nothing. What it throws is shown, too. */
  onSubmit: (values: Record<string, string>) => Promise<Outcome>;
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
  /** One of several on a page. */
  isMinor?: boolean;
  /** Beside the button. */
  beside?: ReactNode;
}

/** A form: one button, no second sending while the first is on its way, errors beside their field or above the button, read out. */
export function Form({ submit, onSubmit, children, isMinor, beside }: FormProps) {
  const [isBusy, setBusy] = useState(false);
  const isOnItsWay = useRef(false); // known at once, not with the next drawing
  const [errors, setErrors] = useState<Errors>({ byField: {}, others: [] });

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isOnItsWay.current) return;
    isOnItsWay.current = true;
    const form = event.currentTarget;
    setBusy(true);
    setErrors({ byField: {}, others: [] });
    try {
      const refused = (await onSubmit(Object.fromEntries(new FormData(form)) as Record<string, string>)) ?? [];
      setErrors(sorted(refused, form));
    } catch (error) {
      setErrors({ byField: {}, others: [(error as Error).message] });
    } finally {
      isOnItsWay.current = false;
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} onSubmit={send} noValidate>
      {children((field) => errors.byField[field])}
      <div role="alert" className={styles.refused}>
        {errors.others.map((message) => (
          <p key={message} className={styles.error}>
            {message}
          </p>
        ))}
      </div>
      <div className={styles.foot}>
        <Button type="submit" loading={isBusy} {...(isMinor ? { variant: 'default' } : { size: 'md' })}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  );
}

interface Errors {
  byField: Record<string, string>;
  others: string[];
}

/** Errors of fields that the form has stand beside them, and the first of these fields takes the focus. */
function sorted(refused: readonly UserError[], form: HTMLFormElement): Errors {
  const errors: Errors = { byField: {}, others: [] };
  let first: HTMLElement | undefined;
  for (const { message, field } of refused) {
    const name = field?.replace(/^input\./, '') ?? '';
    const control = name === '' ? null : form.elements.namedItem(name);
    if (control instanceof HTMLElement) {
      errors.byField[name] = message;
      first ??= control;
    } else {
      errors.others.push(message);
    }
  }
  first?.focus();
  return errors;
}

/** A mutation's answer, or what went wrong as an error in words. */
export async function sent<Data>(answer: ReturnType<UseMutationExecute<Data>>): Promise<Data> {
  const { data, error } = await answer;
  if (error || !data) {
    throw new Error(error ? describe(error) : '');
  }
  return data;
}
