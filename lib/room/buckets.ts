import type { Bucket } from "./rate";

const PARTS = 16;

/**
 * Buckets by their names, in parts: a step leaves the state before it alone, and what it keeps
 * copies one part of them, however many people talk.
 */
export type Buckets = readonly ReadonlyMap<string, Bucket>[];

export const NO_BUCKETS: Buckets = Array.from({ length: PARTS }, () => new Map());

/** Nothing for one that is full. */
export const bucketOf = (buckets: Buckets, name: string): Bucket | undefined =>
  buckets[partOf(name)]?.get(name);

/** The buckets with this one in its place, and its part without those that have filled up since. */
export function withBucket(buckets: Buckets, name: string, bucket: Bucket): Buckets {
  const part = partOf(name);
  const next = new Map<string, Bucket>();
  next.set(name, bucket);
  const before = buckets[part];
  if (before && before.size > 0) copyUnfilled(before, next, bucket.at);
  return buckets.with(part, next);
}

function copyUnfilled(from: ReadonlyMap<string, Bucket>, to: Map<string, Bucket>, now: number) {
  from.forEach((bucket, name) => {
    if (!to.has(name) && now < bucket.fullAt) to.set(name, bucket);
  });
}

/** Spreads names evenly. Names that all fall into one part cost what one map would, and no more. */
function partOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) | 0;
  return hash & (PARTS - 1);
}
