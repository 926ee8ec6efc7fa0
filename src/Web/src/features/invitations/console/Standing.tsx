import { moment } from '@/app/formats';
import { graphql } from '@/graphql/console';
import type { InvitationDetail, InvitationStatus, StandingFragment } from '@/graphql/console/graphql';
import { Status, type Tone } from '@/ui/Status';
import styles from './Standing.module.css';
import { t } from './texts';

graphql(`
  fragment Standing on ContactInvitation {
    status
    detail
    invitedAt
    expiresAt
    onboardedAt
    nextEmailAllowedAt
    emailsInLast24Hours
  }
`);

graphql(`
  fragment ContactOfBoard on Contact {
    id
    name
    email
    jobTitle
    invitation {
      ...Standing
    }
  }
`);

export const tones: Record<InvitationStatus, Tone> = { NOT_INVITED: 'quiet', INVITED: 'accent', ONBOARDED: 'good' };
const alarming: readonly (InvitationDetail | null)[] = ['DELIVERY_FAILED', 'EXPIRED', 'ADDRESS_CHANGED'];

/** Where a contact stands, and the detail in words. */
export function Standing({ standing, hasEmail = true }: { standing: StandingFragment; hasEmail?: boolean }) {
  const text = detailOf(standing, hasEmail);
  return (
    <div className={styles.standing}>
      <Status tone={tones[standing.status]}>{t.statuses[standing.status]}</Status>
      {text && <span className={alarming.includes(standing.detail) ? styles.alarm : styles.detail}>{text}</span>}
    </div>
  );
}

function detailOf({ status, detail, expiresAt, onboardedAt, nextEmailAllowedAt }: StandingFragment, hasEmail: boolean): string | null {
  const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  if (detail === 'SENT' && expiresAt) return t.sentValid(moment(expiresAt, undefined, { day: 'numeric', month: 'short' }));
  if (detail === 'EXPIRED' && expiresAt) return t.expiredOn(moment(expiresAt, undefined, { day: 'numeric', month: 'short' }));
  if (detail === 'THROTTLED' && nextEmailAllowedAt) return t.throttledUntil(moment(nextEmailAllowedAt, undefined, short));
  if (detail) return t.details[detail];
  if (status === 'ONBOARDED' && onboardedAt) return t.since(moment(onboardedAt, undefined, { dateStyle: 'medium' }));
  return status === 'NOT_INVITED' && !hasEmail ? t.noEmail : null;
}
