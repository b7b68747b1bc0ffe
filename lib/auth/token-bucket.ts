import type { Accounts } from "../accounts/port";
import { countHit } from "./throttle";

/**
 * A token bucket as one number, the "theoretical arrival time" (GCRA, ITU-T I.371): the stored
 * `blockedUntil` is when the bucket will be full again.
 */
export interface Bucket {
  perMinute: number;
  burst: number;
}

/** Judges one request: when the bucket would be full again after it, or the wait. Pure. */
export function take(
  { perMinute, burst }: Bucket,
  fullAt: number,
  now: number,
): { fullAt: number } | { waitMs: number } {
  const interval = 60_000 / perMinute;
  const next = Math.max(fullAt, now) + interval;
  const wait = next - now - burst * interval;
  return wait > 1e-6 ? { waitMs: wait } : { fullAt: next };
}

const MAX_SWAPS = 100;

/** One request against the stored bucket of `key`; null where it may go on, else the wait. */
export async function countRequest(
  store: Accounts["throttle"],
  key: string,
  bucket: Bucket,
  now: number,
): Promise<{ waitMs: number } | null> {
  const longest = (bucket.burst * 60_000) / bucket.perMinute;
  for (let i = 0; i < MAX_SWAPS; i++) {
    const before = await store.get(key);
    // A clock set back would find a bucket that fills in the far future.
    const fullAt = before && before.blockedUntil <= now + longest + 1 ? before.blockedUntil : 0;
    const result = take(bucket, fullAt, now);
    if ("waitMs" in result) {
      countHit(key);
      return result;
    }
    const next = { count: 0, since: now, blockedUntil: result.fullAt };
    if (await store.swap(key, before, next)) return null;
  }
  return { waitMs: 1_000 };
}
