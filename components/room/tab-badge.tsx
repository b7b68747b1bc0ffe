"use client";

import { useEffect } from "react";
import { useMuted } from "../rooms/mutes";
import { badgeWords } from "./badge-words";
import type { RoomFacts } from "./room-header";
import { useUnread } from "./use-unread";
import { usePageVisible } from "./use-visit";

const UNREAD_ICON = "/icon-unread.svg";

/**
 * What came in while nobody looked, on the tab: "(3) General · Guestlist", and a dot on the icon.
 * A muted room shows neither.
 */
export function TabBadge({ room }: { room: RoomFacts }) {
  const muted = useMuted(room.id, room.muted);
  const { count, mentions } = useUnread();
  const visible = usePageVisible();
  const badge = visible || muted ? "" : badgeWords(count, mentions > 0);
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
