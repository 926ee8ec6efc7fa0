import { expect, test } from 'vitest';
import { localPath } from './localPath';

// WEB-06
test.each([
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'https:evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n//evil.example',
  '/..//evil.example',
  'evil.example',
  '',
  ' //evil.example',
  '\u2215/evil.example',
  42,
  null,
  undefined,
])('%j leads nowhere', (next) => {
  expect(localPath(next)).toBeUndefined();
});

test.each(['/', '/invoices', '/invoices?status=PAID#top', '/%0d%0aSet-Cookie:x', '/%2f%2fevil.example'])('%j stays here', (next) => {
  expect(localPath(next)).toBe(next);
});
