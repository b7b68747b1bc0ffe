import { onAccountEvent, type AccountEvent } from "./account-channel";

/** What happens around the page, told in five words. */
export type EnvironmentEvent =
  | "online"
  | "offline"
  /** The page became visible, came out of a cache, or the machine woke up. */
  | "wake"
  | "hidden"
  | "input";

export interface Environment {
  online(): boolean;
  visible(): boolean;
  subscribe(listener: (event: EnvironmentEvent) => void): () => void;
  /** What other tabs of this person tell. */
  onAccount(listener: (event: AccountEvent) => void): () => void;
}

const WATCH_INTERVAL_MS = 2_000;
const SLEPT_MS = 5_000;
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

export const browserEnvironment: Environment = {
  online: () => navigator.onLine,
  visible: () => document.visibilityState === "visible",

  subscribe(listener) {
    const stop = new AbortController();
    const on = (target: EventTarget, type: string, event: EnvironmentEvent) =>
      target.addEventListener(type, () => listener(event), {
        signal: stop.signal,
        passive: true,
        capture: true,
      });
    on(window, "online", "online");
    on(window, "offline", "offline");
    // `pageshow` after a restore from the back-forward cache, `resume` after a freeze.
    on(window, "pageshow", "wake");
    on(document, "resume", "wake");
    document.addEventListener(
      "visibilitychange",
      () => listener(document.visibilityState === "visible" ? "wake" : "hidden"),
      { signal: stop.signal },
    );
    for (const input of INPUTS) on(window, input, "input");
    const unwatch = watchSleep(() => listener("wake"));
    return () => {
      stop.abort();
      unwatch();
    };
  },

  onAccount: onAccountEvent,
};

/**
 * A visible page hears no event when a laptop's lid opens, and on Linux and macOS neither timers nor
 * `performance.now()` count the sleep. The wall clock does: where the two drift apart, one slept (or
 * the clock was set, which costs one harmless question to the party).
 */
function watchSleep(onWake: () => void): () => void {
  const drift = () => Date.now() - performance.now();
  let before = { drift: drift(), at: performance.now() };
  const timer = setInterval(() => {
    const now = { drift: drift(), at: performance.now() };
    const late = now.at - before.at - WATCH_INTERVAL_MS;
    // Hidden pages have their timers slowed down, which is no sleep.
    const slept = late > SLEPT_MS && document.visibilityState === "visible";
    if (slept || now.drift - before.drift > SLEPT_MS) onWake();
    before = now;
  }, WATCH_INTERVAL_MS);
  return () => clearInterval(timer);
}
