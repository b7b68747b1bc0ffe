import { useEffect, useState } from "react";

/**
 * `performance.now()`, read anew every `everyMs` milliseconds while `running`, and at once when the
 * page is shown again (hidden pages get their timers late) or `deadline` is another one: a reading
 * that is a second old would show more time than there is.
 */
export function useNow(running: boolean, everyMs = 1_000, deadline?: number): number {
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
  }, [running, everyMs, deadline]);
  return now;
}
