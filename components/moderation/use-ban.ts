import { useEffect, useState } from "react";
import type { Held } from "@/lib/client/types";
import { heldWords } from "./held-words";

/** "Banned from this room until …", or null; undefined while it is asked. `ask` must not change. */
export function useBan(ask: () => Promise<Held | null>): string | null | undefined {
  const [ban, setBan] = useState<string | null>();
  useEffect(() => {
    let left = false;
    void ask().then((found) => {
      if (left) return;
      setBan(found && heldWords("Banned from this room", found, Date.now()));
    });
    return () => void (left = true);
  }, [ask]);
  return ban;
}
