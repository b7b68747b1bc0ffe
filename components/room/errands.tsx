"use client";

import { useEffect } from "react";
import { FollowAccount } from "./follow-account";
import { FollowBan } from "./follow-ban";
import { FollowLink } from "./follow-link";
import { FollowName } from "./follow-name";
import { TellReturn } from "../shell/tell-return";
import { loadMarkdown } from "./markdown/lazy";
import { Notifications } from "./notifications";
import type { RoomFacts } from "./room-header";
import { TabBadge } from "./tab-badge";

/**
 * What a room does without being seen: who signs in in other tabs, the badge of its own, notifications,
 * links to messages.
 * Fetched once the page is alive, as is what people will want next.
 */
export function Errands({ room }: { room: RoomFacts }) {
  useEffect(() => {
    // All of it is asked for again where it is used: here it is only early.
    void loadMarkdown();
    void Promise.allSettled([
      import("./message-actions"),
      import("./message-menu"),
      import("./edit-field"),
      import("./delete-question"),
      import("./composer-hold"),
      import("./undone-line"),
      import("./reply-bar"),
      // What is typed right after the key that opens it must not go into the composer.
      import("./quick-switch"),
      // What is wanted when the line is gone, and cannot be fetched then.
      import("./room-over"),
      import("./sign-in-dialog"),
      import("../shell/account-items"),
      import("../ui/sheet"),
    ]);
  }, []);
  return (
    <>
      {/* First, so that this page does not hear itself. */}
      <TellReturn />
      <FollowAccount />
      <FollowBan room={room.id} />
      <TabBadge room={room} />
      <FollowLink />
      <FollowName drawn={room.name} />
      <Notifications room={room} />
    </>
  );
}
