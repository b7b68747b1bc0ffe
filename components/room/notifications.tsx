"use client";

import { useEffect, useRef } from "react";
import { useRoom } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { preference } from "../shell/preferences";

const MAX_BODY_CHARACTERS = 140;

/** Shows what others say while the page is hidden, to those who asked for it in the settings. */
export function Notifications({ room, name }: { room: string; name: string }) {
  const { messages, ready } = useRoom((view) => ({ messages: view.messages, ready: view.ready }));
  const seen = useRef<number | null>(null);
  const shown = useRef<Notification | null>(null);

  useEffect(() => {
    if (!ready) return;
    const newest = newestStored(messages);
    const known = seen.current;
    seen.current = newest?.seq ?? 0;
    // What was there when the room opened is no news.
    if (known === null || !newest || newest.mine || newest.deleted) return;
    if (newest.seq === undefined || newest.seq <= known) return;
    shown.current = notify(room, name, newest) ?? shown.current;
  }, [messages, ready, room, name]);

  useEffect(() => {
    const seenNow = () => document.visibilityState === "visible" && shown.current?.close();
    document.addEventListener("visibilitychange", seenNow);
    return () => {
      document.removeEventListener("visibilitychange", seenNow);
      shown.current?.close();
    };
  }, []);
  return null;
}

function newestStored(messages: readonly MessageView[]): MessageView | undefined {
  let at = messages.length - 1;
  while (at >= 0 && messages[at]?.seq === undefined) at--;
  return messages[at];
}

function notify(room: string, name: string, message: MessageView): Notification | null {
  if (document.visibilityState === "visible" || !preference("notifications")) return null;
  if (!("Notification" in window) || Notification.permission !== "granted") return null;
  try {
    const notification = new Notification(`${message.user.name} in ${name}`, {
      body: message.text.slice(0, MAX_BODY_CHARACTERS),
      // One for each room: the next message takes the place of the one before, in every tab.
      tag: `room:${room}`,
      icon: "/icons/192.png",
      silent: !preference("notificationSound"),
    });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return notification;
  } catch {
    // Chrome on Android has them for service workers only.
    return null;
  }
}
