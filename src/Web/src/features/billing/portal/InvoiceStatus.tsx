import type { InvoiceStatus as State } from '@/graphql/portal/graphql';
import { Status, type Tone } from '@/ui/Status';
import { t } from './texts';

const tones: Record<State, Tone> = {
  DRAFT: 'quiet',
  ISSUED: 'accent',
  PARTIALLY_PAID: 'accent',
  PAID: 'good',
  OVERDUE: 'bad',
  VOID: 'quiet',
};

export function InvoiceStatus({ status }: { status: State }) {
  return <Status tone={tones[status]}>{t.statuses[status]}</Status>;
}
