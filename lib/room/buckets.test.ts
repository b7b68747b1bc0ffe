import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf, NO_BUCKETS, withBucket, type Buckets } from "./buckets";
import { take, type Bucket } from "./rate";

const RATE = { perSecond: 10, burst: 20 };
const all = (buckets: Buckets) => new Map(buckets.flatMap((part) => [...part]));

function taken(buckets: Buckets, name: string, now: number): Buckets {
  const one = take(bucketOf(buckets, name), RATE, now);
  return one.ok ? withBucket(buckets, name, one.bucket) : buckets;
}

describe("buckets", () => {
  it("are what one map would be, but that one which is full may be there a little longer", () => {
    const takes = fc.array(fc.record({ name: fc.string(), afterMs: fc.nat(300) }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(takes, (some) => {
        let buckets = NO_BUCKETS;
        const plain = new Map<string, Bucket>();
        let now = 0;
        for (const { name, afterMs } of some) {
          now += afterMs;
          const before = all(buckets);
          const after = taken(buckets, name, now);
          expect(all(buckets)).toEqual(before);
          const copied = after.find((part, index) => part !== buckets[index]) ?? [];
          for (const [other, { fullAt }] of copied) {
            // What is full is not kept where anything is.
            if (other !== name) expect(now).toBeLessThan(fullAt);
          }
          buckets = after;
          const one = take(plain.get(name), RATE, now);
          if (one.ok) plain.set(name, one.bucket);
        }
        const current = (map: Map<string, Bucket>) =>
          new Map([...map].filter(([, { fullAt }]) => now < fullAt).sort());
        expect(current(all(buckets))).toEqual(current(plain));
      }),
    );
  });

  it("are kept until they are full again, however many come once and never again", () => {
    let buckets = NO_BUCKETS;
    for (let at = 0; at < 10_000; at++) buckets = taken(buckets, `connection ${at}`, at * 100);
    expect(all(buckets).size).toBeLessThan(200);
  });

  it("that one is kept costs the others nothing", () => {
    let buckets = NO_BUCKETS;
    for (let at = 0; at < 1_000; at++) buckets = taken(buckets, crypto.randomUUID(), 0);
    const after = taken(buckets, "one more", 0);
    const copied = after.filter((part, index) => part !== buckets[index]);
    expect(copied).toHaveLength(1);
    expect(copied[0]!.size).toBeLessThan(100);
  });
});
