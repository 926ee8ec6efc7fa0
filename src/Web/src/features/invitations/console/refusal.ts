import { moment } from '@/app/formats';
import { t } from './texts';

interface Refusal {
  message: string;
  retryAt?: string;
  limit?: string;
}

/** Why something about an invitation was refused, and from when on it can be tried again. */
export function refusalText({ message, retryAt, limit }: Refusal): string {
  if (!retryAt) return message;
  const isToday = new Date(retryAt).toDateString() === new Date().toDateString();
  const at = moment(retryAt, undefined, isToday ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
  const why = limit && limit in t.limits ? t.limits[limit as keyof typeof t.limits] : message;
  return `${why} ${t.retryAt(at)}`;
}
