import type { ConnectionView } from "@/lib/client/types";

export interface RingState {
  look: "live" | "grace" | "waiting" | "broken";
  /**
   * What runs down, on the clock of `performance.now()`; missing where nothing does. A grace has no
   * beginning of its own in the view: it began when it was first seen.
   */
  span?: { startedAt?: number; endsAt: number };
}

/** How the lease ring looks. It never shows more than the words beside it say. */
export function ringState({ phase, lease, graceEndsAt }: ConnectionView): RingState {
  if (phase === "connected") return lease ? { look: "live", span: lease } : { look: "live" };
  if (phase === "grace") {
    return graceEndsAt === undefined
      ? { look: "grace" }
      : { look: "grace", span: { endsAt: graceEndsAt } };
  }
  if (phase === "signed_out" || phase === "failed" || phase === "closed") return { look: "broken" };
  return phase === "initialized" || phase === "connecting"
    ? { look: "waiting" }
    : { look: "broken" };
}

/** The share of a span that is left at `now`: 1 at its start, 0 from its end on. */
export function shareLeft(span: { startedAt: number; endsAt: number }, now: number): number {
  const whole = span.endsAt - span.startedAt;
  if (!(whole > 0)) return 0;
  return Math.min(1, Math.max(0, (span.endsAt - now) / whole));
}

/** How often a ring is redrawn: a long lease once a second, a short one often enough to glide. */
export const redrawEveryMs = (span: { startedAt: number; endsAt: number }): number =>
  Math.min(1_000, Math.max(100, (span.endsAt - span.startedAt) / 120));
