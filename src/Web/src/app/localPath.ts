const here = 'https://portal.invalid';

/** A path of this portal, or nothing: //evil.example and its like lead elsewhere. */
export function localPath(next: unknown): string | undefined {
  if (typeof next !== 'string' || !URL.canParse(next, here)) return undefined;
  const url = new URL(next, here);
  return next.startsWith('/') && url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : undefined;
}
