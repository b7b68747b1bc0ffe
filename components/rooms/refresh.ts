/** Often enough for the counts to be nearly true, seldom enough to cost nothing. */
export const REFRESH_MS = 30_000;
/** Coming back to the page asks at once, but not twice in a moment. */
const RECENT_MS = 5_000;
const LONGEST_MS = 8 * 60_000;

/** How long to wait after an answer: longer with each failure in a row. */
export const waitAfter = (failures: number): number =>
  Math.min(REFRESH_MS * 2 ** failures, LONGEST_MS);

/** How long after the last answer somebody who comes back to the page is worth a question. */
export const waitOnReturn = (failures: number): number =>
  failures === 0 ? RECENT_MS : waitAfter(failures);

/**
 * Asks while the page is visible, again and again, and when somebody comes back to it. `hear` takes an
 * answer and says how the asking goes on: "rest" until somebody comes back. Returns what ends it:
 * nothing is heard after that.
 */
export function keepAsking<T>(
  ask: () => Promise<T>,
  hear: (answer: T) => "well" | "failed" | "rest",
  firstMs = waitAfter(0),
): () => void {
  let over = false;
  let asking = false;
  let failures = 0;
  let answeredAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh() {
    clearTimeout(timer);
    if (asking || document.visibilityState !== "visible") return;
    asking = true;
    const answer = await ask();
    asking = false;
    if (over) return;
    const going = hear(answer);
    if (going === "rest") return;
    failures = going === "well" ? 0 : failures + 1;
    answeredAt = performance.now();
    later(waitAfter(failures));
  }
  function later(ms: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), ms);
  }
  function returned() {
    if (document.visibilityState !== "visible") return;
    later(Math.max(0, answeredAt + waitOnReturn(failures) - performance.now()));
  }

  later(firstMs);
  document.addEventListener("visibilitychange", returned);
  window.addEventListener("focus", returned);
  return () => {
    over = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", returned);
    window.removeEventListener("focus", returned);
  };
}
