import {
  EXPIRING_SHARE,
  EXPIRING_SPREAD_SHARE,
  REFRESH_EARLIEST_SHARE,
  REFRESH_LATEST_SHARE,
} from "../protocol/limits";
import type { Draft } from "./draft";
import type { Pass } from "./events";
import { remove } from "./presence";
import type { Kept, RoomState } from "./state";
import { graceEndsAt } from "./times";
import { tidyAt } from "./tidy";

/**
 * The lease that a presented token gives from now on, never past the end of the login session.
 * `share` spreads the refreshes of many connections, so that a restarted room does not become a
 * herd at the token route.
 */
export function newLease(pass: Pass, share: number, now: number) {
  const leaseEndsAt = Math.min(now + pass.leaseMs, pass.sessionEndsAt);
  const leaseMs = Math.max(0, leaseEndsAt - now);
  const refreshShare =
    REFRESH_EARLIEST_SHARE + share * (REFRESH_LATEST_SHARE - REFRESH_EARLIEST_SHARE);
  const warnShare = EXPIRING_SHARE + share * EXPIRING_SPREAD_SHARE;
  const kept = {
    phase: "live",
    leaseEndsAt,
    warnAt: now + Math.round(leaseMs * warnShare),
    sessionEndsAt: pass.sessionEndsAt,
    refusedRefreshes: 0,
  } as const satisfies Partial<Kept>;
  return { kept, leaseMs, refreshInMs: Math.round(leaseMs * refreshShare) };
}

/**
 * Does what time alone does: leases warn, end and time out, people leave, typing stops.
 * Every step begins with it, so nothing is decided on a state that a late timer has left behind.
 */
export function passTime(draft: Draft): void {
  const { now, config, before } = draft;
  if (now < Math.min(before.times.durable, before.times.soon)) return;
  for (const { kept } of draft.connections.values()) {
    if (kept.phase !== "expired" && now >= kept.leaseEndsAt) {
      draft.keep(kept.id, { phase: "expired", missedFrom: draft.seq, missedRev: draft.rev });
      const graceMs = Math.max(0, graceEndsAt(kept, config.graceMs) - now);
      draft.send(kept.id, { type: "auth.expired", graceMs });
    } else if (kept.phase === "live" && now >= kept.warnAt) {
      draft.keep(kept.id, { phase: "expiring" });
      draft.send(kept.id, { type: "auth.expiring", inMs: kept.leaseEndsAt - now });
    }
    if (now >= graceEndsAt(kept, config.graceMs)) draft.close(kept.id, 4408);
  }
  for (const { user, leavesAt } of draft.people.values()) {
    if (leavesAt !== null && now >= leavesAt) remove(draft, user.id);
  }
  for (const [user, until] of draft.typing) {
    if (now < until) continue;
    draft.typing.delete(user);
    draft.typingChanged = true;
  }
}

/** When time must be passed next, or null: by an alarm, and by a timer. */
export function nextDeadlines(state: RoomState): { durable: number | null; soon: number | null } {
  const durable = Math.min(state.times.durable, tidyAt(state));
  const soon = Math.min(state.times.soon, state.news.dueAt ?? Infinity);
  const orNull = (at: number) => (at === Infinity ? null : at);
  return { durable: orNull(durable), soon: orNull(soon) };
}
