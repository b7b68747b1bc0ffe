import { DRAIN_EARLIEST_MS, PRESENCE_LEAVE_GRACE_MS } from "../protocol/limits";
import type { Draft } from "./draft";
import type { Answer, HttpEvent } from "./events";

/**
 * Sends everybody away before the party stops, each with a time of their own to come back at: one
 * slot per connection, evenly over the whole time. `share` moves all of them within their slots, so
 * that many rooms drained together do not beat in step. Nobody is shown as gone before they could
 * have come back.
 */
export function drain(
  draft: Draft,
  { overMs, share }: Extract<HttpEvent, { type: "drain" }>,
): Answer {
  const leaving = [...draft.connections.keys()];
  const slotMs = overMs / Math.max(1, leaving.length);
  for (const [slot, id] of leaving.entries()) {
    const retryInMs = DRAIN_EARLIEST_MS + Math.round((slot + share) * slotMs);
    draft.send(id, { type: "drain", retryInMs });
    draft.close(id, 4503);
  }
  draft.leaveGraceMs = DRAIN_EARLIEST_MS + overMs + PRESENCE_LEAVE_GRACE_MS;
  return { ok: true, body: { ok: true, closed: leaving.length } };
}
