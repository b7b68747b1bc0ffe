"use client";

import type { ComponentProps, MouseEvent } from "react";
import { useRouter } from "next/navigation";

/**
 * A link inside the app, for the room's page: as `next/link` it changes the page without a reload and
 * fetches it when it is pointed at, in a tenth of the code. New tabs, downloads and the like stay the
 * browser's.
 */
export function AppLink({
  href,
  replace = false,
  onClick,
  children,
  ...rest
}: ComponentProps<"a"> & { href: string; replace?: boolean }) {
  const router = useRouter();
  const fetchEarly = () => router.prefetch(href);

  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
    if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    router[replace ? "replace" : "push"](href);
  }

  return (
    <a href={href} onClick={follow} onPointerEnter={fetchEarly} onFocus={fetchEarly} {...rest}>
      {children}
    </a>
  );
}
