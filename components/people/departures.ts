/** Who was seen to leave, and when (milliseconds since the epoch), as this page has watched it. */
export interface Departures {
  here: ReadonlySet<string>;
  left: ReadonlyMap<string, number>;
  /** When the line broke; who is missing after it was here until then, as far as anybody knows. */
  brokenAt: number | null;
}

export const nobodyLeft: Departures = { here: new Set(), left: new Map(), brokenAt: null };

/** What the page knows after it has looked again. The same object where nothing is news. */
export function observe(
  before: Departures,
  seen: { ids: readonly string[]; live: boolean; now: number },
): Departures {
  if (!seen.live) return before.brokenAt === null ? { ...before, brokenAt: seen.now } : before;
  const here = new Set(seen.ids);
  const same = here.size === before.here.size && seen.ids.every((id) => before.here.has(id));
  if (same) return before.brokenAt === null ? before : { ...before, brokenAt: null };
  const left = new Map(before.left);
  for (const id of before.here) if (!here.has(id)) left.set(id, before.brokenAt ?? seen.now);
  for (const id of here) left.delete(id);
  return { here, left, brokenAt: null };
}
