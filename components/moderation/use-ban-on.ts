import { useEffect, useState } from "react";
import { useRoomClient } from "@/lib/client/react";
import { listBans } from "@/lib/client/room-admin";
import { heldWords } from "./held-words";

/** null: none that the app keeps. */
type BanOn = { words: string } | null | "loading" | "unknown";

/** Whether somebody is banned here, asked of the app where `wanted`: the room tells nobody. */
export function useBanOn(user: string, wanted: boolean): BanOn {
  const { room } = useRoomClient().getSnapshot();
  const [ban, setBan] = useState<BanOn>("loading");
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    void listBans(room).then((answer) => {
      if (left) return;
      if (!answer.ok) return setBan("unknown");
      const found = answer.found.bans.find((one) => one.user.id === user);
      if (!found) return setBan(null);
      const held = { until: found.until ?? undefined, reason: found.reason ?? undefined };
      setBan({ words: heldWords("Banned", held, Date.now()) });
    });
    return () => void (left = true);
  }, [room, user, wanted]);
  return ban;
}
