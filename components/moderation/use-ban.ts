import { useEffect, useState } from "react";
import type { Held } from "@/lib/client/types";
import { heldWords } from "./held-words";

/** "Banned from this room until …", once `ask` has found that one is. `ask` must not change. */
export function useBan(ask: () => Promise<Held | null>): string | null {
  const [ban, setBan] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    void ask().then((found) => {
      if (found && !left) setBan(heldWords("Banned from this room", found, Date.now()));
    });
    return () => void (left = true);
  }, [ask]);
  return ban;
}
