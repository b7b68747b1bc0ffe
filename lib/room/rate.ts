/** A token bucket: `level` tokens at the time `at` (milliseconds), refilled steadily. */
export interface Bucket {
  readonly level: number;
  readonly at: number;
  /** From then on it is as good as none. */
  readonly fullAt: number;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export type Taken = { ok: true; bucket: Bucket } | { ok: false; retryAfterMs: number };

/**
 * Takes one token. A bucket that does not exist yet is full; a refused take changes nothing.
 * A clock that steps back neither refills nor drains.
 */
export function take(bucket: Bucket | undefined, rate: Rate, now: number): Taken {
  const level = levelAt(bucket, rate, now);
  if (level >= 1) {
    const fullAt = now + ((rate.burst - level + 1) / rate.perSecond) * 1000;
    return { ok: true, bucket: { level: level - 1, at: now, fullAt } };
  }
  return { ok: false, retryAfterMs: Math.max(1, Math.ceil(((1 - level) / rate.perSecond) * 1000)) };
}

function levelAt(bucket: Bucket | undefined, { perSecond, burst }: Rate, now: number): number {
  if (!bucket) return burst;
  const seconds = Math.max(0, now - bucket.at) / 1000;
  return Math.min(burst, bucket.level + seconds * perSecond);
}
