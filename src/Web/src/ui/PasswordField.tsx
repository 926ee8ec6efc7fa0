import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** A password; a refused one says so to those who do not see its colour, too. */
export function PasswordField({ error, ...props }: PasswordInputProps) {
  return <PasswordInput error={error} aria-invalid={error ? true : undefined} {...props} />;
}
