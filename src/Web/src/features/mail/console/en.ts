import { plural } from '@/app/texts';

export const en = {
  mail: 'Mail',
  caption: 'Mails, newest first',
  filter: 'Show',
  all: 'All',
  states: { QUEUED: 'Waiting', SENT: 'Sent', FAILED: 'Given up', SUPPRESSED: 'Withdrawn' },
  search: 'Find by the whole address',
  recipient: 'To',
  subject: 'Subject',
  state: 'State',
  when: 'When',
  attempts: 'Attempts',
  attemptsOf: (count: number) => plural(count, { one: '# attempt', other: '# attempts' }),
  next: (at: string) => `Next: ${at}`,
  none: 'No mail yet',
  noneFound: 'No mail fits',
  noneFoundHint: 'Give the whole address, or show all.',
  showAll: 'Show all',
};
