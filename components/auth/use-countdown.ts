import { useState } from "react";
import { secondsUntil } from "../ui/format";
import { useNow } from "../ui/use-now";

/** Counts a wait down in whole seconds; `start(30)` begins one, 0 means that there is none. */
export function useCountdown(): { left: number; start: (seconds: number) => void } {
  const [wait, setWait] = useState({ endsAt: 0, seconds: 0 });
  const now = useNow(wait.seconds > 0);
  // Before its first tick the clock is unknown, or left from an earlier wait.
  const left = now === 0 ? wait.seconds : Math.min(wait.seconds, secondsUntil(wait.endsAt, now));
  const start = (seconds: number) =>
    setWait({ endsAt: performance.now() + seconds * 1_000, seconds });
  return { left, start };
}
