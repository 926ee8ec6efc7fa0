/** The pages that mails link to, by the first part of their path. */
type LinkPage = 'invitation' | 'reset' | 'confirm-email';

/** The secret of the link that this tab was opened with. The page's first script took it out of the address bar: see index.html. */
export function linkToken(page: LinkPage): string {
  return sessionStorage.getItem(`link:${page}`) ?? '';
}

/** It is used up. */
export function forgetLink(page: LinkPage): void {
  sessionStorage.removeItem(`link:${page}`);
}
