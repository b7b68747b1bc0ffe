import { RECONNECT_BASE_MS, RECONNECT_CAP_MS } from "../../protocol";

/**
 * "Full jitter": anywhere between nothing and a ceiling that doubles per failure, so that a thousand
 * clients who lost the same party do not come back together. Milliseconds.
 */
export function fullJitter(failures: number, random: () => number): number {
  return random() * Math.min(RECONNECT_CAP_MS, RECONNECT_BASE_MS * 2 ** Math.min(failures, 16));
}

/** For a party that asked for peace: never sooner than half of the longest delay. */
export const slowJitter = (random: () => number): number => RECONNECT_CAP_MS * (0.5 + random() / 2);
