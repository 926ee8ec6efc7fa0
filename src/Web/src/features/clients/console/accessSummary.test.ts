import { expect, test } from 'vitest';
import type { RecordKind, Visibility } from '@/graphql/console/graphql';
import { presetOf } from './accessSummary';

const of = (levels: Partial<Record<RecordKind, Visibility>>) =>
  (Object.entries(levels) as [RecordKind, Visibility][]).map(([kind, visibility]) => ({ kind, visibility, notify: kind === 'EVENT' }));

test('an access is a preset when it shows the same of every kind; who is mailed does not count', () => {
  const finance = { name: 'FINANCE', access: of({ INVOICE: 'ALL', TICKET: 'NONE' }) };
  const nothing = { name: 'NOTHING', access: of({ INVOICE: 'NONE', TICKET: 'NONE' }) };

  expect(presetOf(of({ INVOICE: 'ALL', TICKET: 'NONE', EVENT: 'ALL' }), [nothing, finance])).toBe(finance);
  expect(presetOf(of({ INVOICE: 'ADDRESSED', TICKET: 'NONE' }), [nothing, finance])).toBeUndefined();
});
