import "server-only";

/** How much later than the signal of a call it is given up in any case. */
const LATE_MS = 100;

/**
 * A call that was given `timeoutMs` by a signal, or `late` where it does not end by that either: seen
 * with many calls at once was one whose signal aborted nothing, and which never ended.
 */
export function inTime<T>(asked: Promise<T>, timeoutMs: number, late: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), timeoutMs + LATE_MS);
  });
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}
