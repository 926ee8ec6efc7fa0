import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { Dialog } from './Dialog';
import type { Outcome, UserError } from './Form';
import form from './Form.module.css';
import { t } from './texts';

interface ConfirmProps {
  title: string;
  /** What will happen, in words. */
  children: ReactNode;
  /** What the button that does it says. */
  action: string;
  isDangerous?: boolean;
  /** Does it; gives what was refused, or nothing. What it throws is shown, too. */
  onConfirm: () => Promise<Outcome>;
  /** Shows a refusal in place of its message alone. */
  explain?: (error: UserError) => ReactNode;
  onClose: () => void;
}

/** Asks before something is done that cannot be undone by a click. It closes once it is done. */
export function Confirm({ title, children, action, isDangerous = false, onConfirm, explain, onClose }: ConfirmProps) {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);

  const isOnItsWay = useRef(false);

  async function confirm() {
    if (isOnItsWay.current) return;
    isOnItsWay.current = true;
    setBusy(true);
    try {
      const refused = (await onConfirm()) ?? [];
      setErrors(refused);
      if (refused.length === 0) onClose();
    } catch (error) {
      setErrors([{ message: (error as Error).message }]);
    } finally {
      isOnItsWay.current = false;
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <div className={form.form}>
        <div>{children}</div>
        <div role="alert" className={form.refused}>
          {errors.map((e) => (
            <div key={e.message} className={form.error}>
              {explain?.(e) ?? e.message}
            </div>
          ))}
        </div>
        <div className={form.foot}>
          <Button variant="default" size="md" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button size="md" loading={isBusy} {...(isDangerous && { className: form.danger })} onClick={confirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
