import { useEffect, useState } from "react";
import { useRoomClient } from "@/lib/client/react";
import { heldWords } from "./held-words";

type MuteOn = { words: string } | null | "loading" | "unknown";

/** Whether somebody is muted here, asked of the room where `wanted`: it tells only who moderates. */
export function useMuteOn(user: string, wanted: boolean): MuteOn {
  const client = useRoomClient();
  const [mute, setMute] = useState<MuteOn>("loading");
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    void client.request({ type: "mod.get", user }).then((answer) => {
      if (left) return;
      if (!answer.ok || !answer.held) return setMute("unknown");
      const { muted } = answer.held;
      setMute(muted ? { words: heldWords("Muted", muted, Date.now()) } : null);
    });
    return () => void (left = true);
  }, [client, user, wanted]);
  return mute;
}
