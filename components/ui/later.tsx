"use client";

import type { ComponentType, ReactNode } from "react";
import { useEffect, useState, useSyncExternalStore } from "react";

/**
 * A part of a page whose code is fetched when it is first drawn, so that the page itself comes
 * sooner. Where it cannot be had (no network, an app that was deployed anew) `missing` stands in its
 * place, and drawing it again asks again: unlike `lazy`, it takes nothing else of the page down.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let part: ComponentType<P> | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return function Later({
    waiting = null,
    missing,
    ...props
  }: P & { waiting?: ReactNode; missing: ReactNode }) {
    // What is hydrated late must begin as the server drew it, though the code may be here by then.
    const Part = useSyncExternalStore(
      subscribe,
      () => part,
      () => null,
    );
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (part) return;
      let left = false;
      load().then(
        (loaded) => {
          part = loaded;
          listeners.forEach((listener) => listener());
        },
        () => !left && setFailed(true),
      );
      return () => void (left = true);
    }, []);
    if (Part) return <Part {...(props as P)} />;
    return failed ? missing : waiting;
  };
}
