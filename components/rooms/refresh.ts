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
