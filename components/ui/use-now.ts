import { useEffect, useState } from "react";

/**
 * `performance.now()`, read anew every `everyMs` milliseconds while `running`, and at once when the
 * page is shown again: hidden pages get their timers late.
 */
export function useNow(running: boolean, everyMs = 1_000): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!running) return;
    const tick = () => setNow(performance.now());
    tick();
    const timer = setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [running, everyMs]);
  return now;
}
