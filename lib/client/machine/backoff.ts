import {
  RECONNECT_BASE_MS,
  RECONNECT_CAP_MS,
  RECONNECT_STRETCH_MS_PER_CONNECTION,
} from "../../protocol";

/**
 * "Full jitter": anywhere between nothing and a ceiling that doubles per failure, so that a thousand
 * clients who lost the same party do not come back together. Milliseconds.
 * `crowd`: how many connections the lost room held. The more there were, the further even the first
 * attempts are apart; up to twenty-five it makes no difference.
 */
export function fullJitter(failures: number, random: () => number, crowd = 0): number {
  const ceiling = Math.max(
    RECONNECT_BASE_MS * 2 ** Math.min(failures, 16),
    crowd * RECONNECT_STRETCH_MS_PER_CONNECTION,
  );
  return random() * Math.min(RECONNECT_CAP_MS, ceiling);
}

/** For a party that asked for peace: never sooner than half of the longest delay. */
export const slowJitter = (random: () => number): number => RECONNECT_CAP_MS * (0.5 + random() / 2);
