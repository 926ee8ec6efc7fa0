import { CombinedError } from '@urql/core';
import { type ComponentType, createElement, useEffect, useState } from 'react';
import { settings } from './settings';

const reloaded = 'reloaded-at';
const ms = 10_000;

/**
 * A page whose code is loaded when it is about to be opened. Where that fails because the portal cannot be reached, the page says
 * so and can be tried again; where it fails because a newer version took the file's place, the portal is loaded anew.
 */
export function lazyPage<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  let page: ComponentType | undefined;
  let pending: Promise<void> | undefined;

  function start(): Promise<void> {
    pending ??= load().then(
      (loaded) => {
        page = loaded[name];
      },
      async (error: Error) => {
        pending = undefined; // whoever waits sees this failure, whoever comes later starts again
        if ((await isReachable()) && Date.now() - Number(sessionStorage.getItem(reloaded)) > ms) {
          sessionStorage.setItem(reloaded, `${Date.now()}`);
          location.reload();
          return new Promise<void>(() => {});
        }
        throw new CombinedError({ networkError: error });
      },
    );
    return pending;
  }

  function Page() {
    const [, setIsLoaded] = useState(page !== undefined);
    const [failure, setFailure] = useState<Error>();
    useEffect(() => {
      if (!page) start().then(() => setIsLoaded(true), setFailure);
    }, []);
    if (failure) throw failure;
    return page ? createElement(page) : null;
  }
  Page.preload = () => start().catch(() => {}); // told once the page is opened
  return Page;
}

async function isReachable(): Promise<boolean> {
  try {
    return (await fetch(`${settings.base}icon.svg`, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
