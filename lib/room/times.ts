import type { Kept, RoomState, Times } from "./state";

export const graceEndsAt = (kept: Kept, graceMs: number): number => kept.leaseEndsAt + graceMs;

/** When time must be passed next because of who is here. */
export function timesOf(
  { connections, people, typing }: Pick<RoomState, "connections" | "people" | "typing">,
  { graceMs }: Pick<RoomState["config"], "graceMs">,
): Times {
  let durable = Infinity;
  let soon = Infinity;
  for (const { kept } of connections.values()) {
    const at = {
      live: Math.min(kept.warnAt, kept.leaseEndsAt),
      expiring: kept.leaseEndsAt,
      expired: graceEndsAt(kept, graceMs),
    }[kept.phase];
    durable = Math.min(durable, at);
  }
  for (const { leavesAt } of people.values()) {
    if (leavesAt !== null) durable = Math.min(durable, leavesAt);
  }
  for (const until of typing.values()) soon = Math.min(soon, until);
  return { durable, soon };
}
