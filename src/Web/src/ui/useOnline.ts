import { useEffect, useEffectEvent } from 'react';

/** Tries again by itself what failed, as soon as the network is back. */
export function useOnline(hasFailed: boolean, tryAgain: () => void) {
  const onOnline = useEffectEvent(tryAgain);
  useEffect(() => {
    if (!hasFailed) return;
    const listener = () => onOnline();
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  }, [hasFailed]);
}
