import { setTimeout as wait } from "node:timers/promises";

/** Waits before the second and later restarts; the first comes at once. Milliseconds. */
const BACKOFF_MS = [0, 500, 1_000, 2_000, 5_000, 10_000];
/** A process that ran this long counts as healthy, so its next restart comes at once again. */
const HEALTHY_AFTER_MS = 30_000;

/**
 * Keeps one process running: `start` gives `{stop, exited}`; when it ends by itself it is started
 * again with back-off and `say` hears about it. The first start's failure is the caller's.
 */
export async function supervise(start, say, name) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let failures = 0;
  let current = await start();

  const watch = async () => {
    while (!signal.aborted) {
      const startedAt = Date.now();
      await current.exited;
      if (signal.aborted) return;
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) failures = 0;
      for (let up = false; !up && !signal.aborted;) {
        const ms = BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)];
        say(`${name} ended; starting it again${ms ? ` in ${ms / 1000} s` : ""}`);
        await wait(ms, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        up = await start().then(
          (next) => ((current = next), true),
          (error) => (say(`${name} did not start: ${String(error.message).split("\n")[0]}`), false),
        );
        if (up) say(`${name} is back`);
      }
    }
    await current.stop();
  };
  const watching = watch();

  return {
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
    },
  };
}
