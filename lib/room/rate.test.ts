import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { take, type Bucket } from "./rate";

const RATE = { perSecond: 10, burst: 20 };

describe("a bucket", () => {
  it("allows a burst, then the rate, and says how long to wait", () => {
    let bucket: Bucket | undefined;
    for (let i = 0; i < 20; i++) {
      const taken = take(bucket, RATE, 0);
      expect(taken.ok).toBe(true);
      if (taken.ok) bucket = taken.bucket;
    }
    expect(take(bucket, RATE, 0)).toEqual({ ok: false, retryAfterMs: 100 });
    expect(take(bucket, RATE, 50)).toEqual({ ok: false, retryAfterMs: 50 });
    expect(take(bucket, RATE, 100).ok).toBe(true);
  });

  it("never allows more than burst plus rate, whatever the clock does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 }),
        (jumps) => {
          let bucket: Bucket | undefined;
          let now = 0;
          let forward = 0;
          let allowed = 0;
          for (const jump of jumps) {
            now += jump;
            forward += Math.max(0, jump);
            const taken = take(bucket, RATE, now);
            if (!taken.ok) continue;
            bucket = taken.bucket;
            allowed++;
          }
          expect(allowed).toBeLessThanOrEqual(RATE.burst + (forward / 1000) * RATE.perSecond);
        },
      ),
    );
  });
});
