/** Later than this nobody would call it live. */
const TOO_LATE_MS = 2_000;
/** Clients that fall behind say nothing about the room. */
const KEEPS_PACE = 0.9;

/**
 * Why a step of a ramp is beyond what a room carries, or beyond what can be told of it; null where it
 * holds. What was asked for and said is in messages a second; no delivery at all has no percentile.
 * @param {{asked: number, said: number, closed: number, p99: number}} step
 */
export function beyond({ asked, said, closed, p99 }) {
  if (said < asked * KEEPS_PACE) return "the clients could say no more";
  if (closed > 0) return `at twice as many ${closed} sockets were lost`;
  if (!(p99 <= TOO_LATE_MS)) return `at twice as many p99 was over ${TOO_LATE_MS / 1_000} s`;
  return null;
}
