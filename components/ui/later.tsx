"use client";

import type { ComponentType, ReactNode } from "react";
import { useEffect, useState } from "react";

/**
 * A part of a page whose code is fetched when it is first drawn, so that the page itself comes
 * sooner. Where it cannot be had (no network, an app that was deployed anew) `missing` stands in its
 * place, and drawing it again asks again: unlike `lazy`, it takes nothing else of the page down.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let part: ComponentType<P> | null = null;

  return function Later({
    waiting = null,
    missing,
    ...props
  }: P & { waiting?: ReactNode; missing: ReactNode }) {
    const [Part, setPart] = useState(() => part);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (part) return;
      let left = false;
      load().then(
        (loaded) => {
          part = loaded;
          if (!left) setPart(() => loaded);
        },
        () => !left && setFailed(true),
      );
      return () => void (left = true);
    }, []);
    if (Part) return <Part {...(props as P)} />;
    return failed ? missing : waiting;
  };
}
