"use client";

import { useEffect } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { ownBan } from "@/lib/client/room-admin";
import { keepAsking } from "../rooms/refresh";

/**
 * Who was kicked has no line on which to hear that they are banned meanwhile: the app is asked, as
 * long as this page would offer to come back.
 */
export function FollowBan({ room }: { room: string }) {
  const client = useRoomClient();
  const kicked = useRoom((view) => view.connection.stopReason === "kicked");
  useEffect(() => {
    if (!kicked) return;
    return keepAsking(
      () => ownBan(room),
      (ban) => {
        if (ban) client.learnBan(ban);
        return "well";
      },
    );
  }, [kicked, client, room]);
  return null;
}
