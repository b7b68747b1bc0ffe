import { useEffect, useState } from "react";
import { useRoom } from "@/lib/client/react";
import { may, maySpeak } from "@/lib/room/permissions";
import { secondsUntil } from "../ui/format";
import { useNow } from "../ui/use-now";
import type { Hold } from "./composer-hold";

/** Timers hold no longer span than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** False once the time is over: a mute ends without a word from the room. */
function useLasts(until: number | undefined, ahead: number): boolean {
  const [over, setOver] = useState<number | undefined>();
  useEffect(() => {
    if (until === undefined) return;
    const ms = Math.max(0, until - (Date.now() - ahead));
    const timer = setTimeout(() => setOver(until), Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [until, ahead]);
  return until === undefined || over !== until;
}

/**
 * Why one cannot write at the moment, if so. Slow mode counts from what this page has sent; of other
 * pages the room knows, and what comes too early waits in the outbox.
 */
export function useHold() {
  const { role, muted, archived, slowSeconds, ahead } = useRoom((view) => ({
    role: view.me?.role,
    muted: view.muted,
    archived: view.settings.archived,
    slowSeconds: view.settings.slowSeconds ?? 0,
    ahead: view.ahead,
  }));
  const [sentAt, setSentAt] = useState<number | null>(null);
  const lasts = useLasts(muted?.until, ahead);
  const slow = slowSeconds > 0 && role !== undefined && !may(role, "slow");
  const nextAt = slow && sentAt !== null ? sentAt + slowSeconds * 1000 : undefined;
  const now = useNow(nextAt !== undefined, 1_000, nextAt);
  const waitSeconds = nextAt === undefined ? 0 : secondsUntil(nextAt, now || nextAt);

  function hold(): Hold | null {
    if (archived) return { kind: "archived" };
    if (muted && lasts) return { kind: "muted", held: muted };
    if (role !== undefined && !maySpeak(role)) return { kind: "reader" };
    return slow ? { kind: "slow", everySeconds: slowSeconds, waitSeconds } : null;
  }
  const held = hold();
  return {
    hold: held,
    readOnly: held !== null && held.kind !== "slow",
    waits: held?.kind === "slow" && waitSeconds > 0,
    // What was said before the room was slow does not count there either.
    sent: () => {
      if (slowSeconds > 0) setSentAt(performance.now());
    },
  };
}
