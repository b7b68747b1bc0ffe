"use client";

import { useEffect } from "react";
import { FollowLink } from "./follow-link";
import { loadMarkdown } from "./markdown/lazy";
import { Notifications } from "./notifications";
import { TabBadge } from "./tab-badge";

/**
 * What a room does without being seen: the badge of its tab, notifications, links to messages.
 * Fetched once the page is alive, as is what people will want next.
 */
export function Errands({ room, name }: { room: string; name: string }) {
  useEffect(() => {
    // All of it is asked for again where it is used: here it is only early.
    void loadMarkdown();
    void Promise.allSettled([
      import("./message-actions"),
      import("./message-menu"),
      import("./edit-field"),
    ]);
  }, []);
  return (
    <>
      <TabBadge />
      <FollowLink />
      <Notifications room={room} name={name} />
    </>
  );
}
