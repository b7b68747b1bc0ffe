"use client";

import { useEffect } from "react";
import { badgeWords } from "./badge-words";
import { useUnread } from "./use-unread";
import { usePageVisible } from "./use-visit";

const UNREAD_ICON = "/icon-unread.svg";

/** What came in while nobody looked, on the tab: "(3) General · Guestlist", and a dot on the icon. */
export function TabBadge() {
  const { count, mentioned } = useUnread();
  const visible = usePageVisible();
  const badge = visible ? "" : badgeWords(count, mentioned);
  useEffect(() => {
    if (!badge) return;
    const plain = document.title;
    const badged = `${badge} ${plain}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    const plainIcon = icon?.getAttribute("href");
    document.title = badged;
    icon?.setAttribute("href", UNREAD_ICON);
    return () => {
      // Another page may have put its own title there meanwhile.
      if (document.title === badged) document.title = plain;
      if (plainIcon) icon?.setAttribute("href", plainIcon);
    };
  }, [badge]);
  return null;
}
