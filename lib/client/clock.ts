/** Time on the way looks like a difference of clocks: what is within this is none. */
const SAME_MS = 60_000;

/**
 * How far this browser's clock is ahead of the party's, in milliseconds; negative where it is behind.
 * @param now this browser's time when the party's came @param serverTime `welcome.serverTime`
 */
export function aheadOf(now: number, serverTime: number): number {
  const ahead = now - serverTime;
  return Math.abs(ahead) < SAME_MS ? 0 : ahead;
}
