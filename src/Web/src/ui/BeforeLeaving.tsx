import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './Confirm';
import { t } from './texts';

/** Asks before a page with changes that were not saved is left: by a link, by the browser's history, by closing the tab. */
export function BeforeLeaving({ isUnsaved }: { isUnsaved: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved && current.pathname !== next.pathname,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Confirm
      title={t.leaveTitle}
      action={t.leave}
      isDangerous
      onConfirm={async () => {
        blocker.proceed();
        return [];
      }}
      onClose={blocker.reset}
    >
      {t.leaveHint}
    </Confirm>
  );
}
