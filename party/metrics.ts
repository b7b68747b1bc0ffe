import type { Effect } from "../lib/room/events";

/** Counters of one room since it woke; they tell of load and trouble, not of people. */
export function createMetrics() {
  const counts = { messages: 0, refreshes: 0, rate_hits: 0 };
  const denials: Record<string, number> = {};
  const fanOut = { count: 0, totalMs: 0, maxMs: 0 };
  return {
    count(effect: Extract<Effect, { type: "count" | "refused" }>): void {
      if (effect.type === "count") counts[effect.what]++;
      else denials[effect.reason] = (denials[effect.reason] ?? 0) + 1;
    },
    /** From the arrival of a frame to the last send it caused. */
    sent(ms: number): void {
      fanOut.count++;
      fanOut.totalMs += ms;
      fanOut.maxMs = Math.max(fanOut.maxMs, ms);
    },
    snapshot: () => ({
      messages: counts.messages,
      refreshes: counts.refreshes,
      rateHits: counts.rate_hits,
      denials: { ...denials },
      fanOut: {
        count: fanOut.count,
        meanMs: fanOut.count === 0 ? 0 : fanOut.totalMs / fanOut.count,
        maxMs: fanOut.maxMs,
      },
    }),
  };
}
