import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { CombinedError } from '@urql/core';
import { use } from 'react';
import { LinkButton } from './LinkButton';
import { describe } from './Loaded';
import { Page } from './Page';
import { PublicPage } from './PublicPage';
import { InShell } from './Shell';
import { t } from './texts';
import { useOnline } from './useOnline';

export function NotFound() {
  return (
    <PublicPage title={t.notFound}>
      <p>{t.notFoundHint}</p>
      <LinkButton to="/" mt="lg">
        {t.home}
      </LinkButton>
    </PublicPage>
  );
}

/** In place of a page that failed; what surrounds it goes on. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const Frame = use(InShell) ? Page : PublicPage;
  const tryAgain = () => {
    reset();
    router.invalidate();
  };
  useOnline(error instanceof CombinedError && error.networkError !== undefined, tryAgain);
  return (
    <Frame title={t.brokenPage}>
      <p role="alert">{error instanceof CombinedError ? describe(error) : t.unexpected()}</p>
      <Button mt="lg" onClick={tryAgain}>
        {t.retry}
      </Button>
    </Frame>
  );
}
