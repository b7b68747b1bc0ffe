"use client";

import { useEffect, useRef } from "react";
import { useRoom } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { useHidden } from "../people/hidden";
import { isMutedNow } from "../rooms/mutes";
import { showByWorker } from "../shell/notification-worker";
import { preference } from "../shell/preferences";

const MAX_BODY_CHARACTERS = 140;

interface Place {
  id: string;
  name: string;
}
type Shown = { close(): void };

/**
 * Shows what others say while the page is hidden, to those who asked for it in the settings. Of a
 * room they have muted nothing, also not what is meant for them: the list of rooms marks that.
 */
export function Notifications({ room: { id, name } }: { room: Place }) {
  const { messages, ready, me } = useRoom((view) => ({
    messages: view.messages,
    ready: view.ready,
    me: view.me?.id,
  }));
  const { ids } = useHidden();
  const seen = useRef<number | null>(null);
  const shown = useRef<Promise<Shown | null>>(Promise.resolve(null));

  useEffect(() => {
    if (!ready) return;
    const newest = newestStored(messages);
    const known = seen.current;
    seen.current = newest?.seq ?? 0;
    // What was there when the room opened is no news.
    if (known === null || !newest || newest.mine || newest.deleted) return;
    if (newest.seq === undefined || newest.seq <= known) return;
    if (!isWanted() || ids.has(newest.user.id)) return;
    const before = shown.current;
    shown.current = notify({ id, name }, newest, me).then((now) => now ?? before);
  }, [messages, ready, me, id, name, ids]);

  useEffect(() => {
    const close = () => void shown.current.then((one) => one?.close());
    const seenNow = () => document.visibilityState === "visible" && close();
    document.addEventListener("visibilitychange", seenNow);
    return () => {
      document.removeEventListener("visibilitychange", seenNow);
      close();
    };
  }, []);
  return null;
}

function newestStored(messages: readonly MessageView[]): MessageView | undefined {
  let at = messages.length - 1;
  while (at >= 0 && messages[at]?.seq === undefined) at--;
  return messages[at];
}

function isWanted(): boolean {
  if (document.visibilityState === "visible" || !preference("notifications")) return false;
  return "Notification" in window && Notification.permission === "granted";
}

async function notify(
  room: Place,
  message: MessageView,
  me: string | undefined,
): Promise<Shown | null> {
  // Another device may have muted it; and somebody may have come back while that was asked.
  if ((await isMutedNow(room.id)) || !isWanted()) return null;
  const meant = me !== undefined && message.mentions?.includes(me);
  const title = `${message.user.name} ${meant ? "mentions you in" : "in"} ${room.name}`;
  const options = {
    body: message.text.slice(0, MAX_BODY_CHARACTERS),
    // One for each room: the next message takes the place of the one before, in every tab.
    tag: `room:${room.id}`,
    icon: "/icons/192.png",
    silent: !preference("notificationSound"),
    data: room.id,
  };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return notification;
  } catch {
    // Chrome on Android has them for workers only.
    return showByWorker(title, options);
  }
}
