import { Status } from '@/ui/Status';
import { t } from './texts';

/** Told only where it is not the usual: an active client that is not internal. */
export function ClientStatus({ client }: { client: { status: 'ACTIVE' | 'INACTIVE'; internal: boolean } }) {
  return (
    <>
      {client.internal && <Status tone="warn">{t.internal}</Status>}
      {client.status === 'INACTIVE' && <Status tone="quiet">{t.inactive}</Status>}
    </>
  );
}
