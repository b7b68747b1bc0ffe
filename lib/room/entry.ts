import type { Draft } from "./draft";
import type { Pass } from "./events";
import { keys } from "./keys";
import type { ServerFrameOf } from "../protocol/server-frames";
import type { Role, UserRef } from "../protocol/values";
import type { Person, RoomState } from "./state";

/** A stored sanction or role: in force until a time, or for good. */
export interface Until {
  until: number | null;
  reason?: string | undefined;
  by?: string | undefined;
  /** What the person was then. */
  role?: Role | undefined;
}
/** What the app pushed holds against tokens that were minted before. */
export interface Pushed {
  at: number;
  until: number;
  /** `at` is on the clock by which the app's tokens are dated, and not on the party's own. */
  byApp?: true;
}
export interface Removal extends Pushed {
  reason: string;
}
export interface PushedRole extends Pushed {
  role: Role;
}
export interface PushedName extends Pushed {
  name: string;
}

/** What must be looked up before a pass is accepted, on connect and on refresh alike. */
export const passKeys = (pass: Pass): string[] => [
  ...spentKey(pass),
  keys.revokedSession(pass.sid),
  keys.revokedUser(pass.user.id),
  keys.ban(pass.user.id),
  keys.kick(pass.user.id),
  keys.mute(pass.user.id),
  keys.role(pass.user.id),
  keys.name(pass.user.id),
  keys.known(pass.user.id),
];

export type Objection =
  | { why: "spent" }
  | { why: "revoked"; reason: string }
  | { why: "forbidden" }
  | { why: "banned" | "kicked"; until: number | undefined; reason: string | undefined }
  | { why: "gone" };

/** Why a genuine pass is not accepted after all, or null. */
export function objection(draft: Draft, pass: Pass): Objection | null {
  if (pass.room !== draft.room) return { why: "forbidden" };
  if (draft.rules.gone) return { why: "gone" };
  if (spentKey(pass).some((key) => draft.stored(key))) return { why: "spent" };
  const session = inForce(draft, keys.revokedSession(pass.sid));
  if (session) return { why: "revoked", reason: session.reason ?? "session_revoked" };
  if (inForce(draft, keys.revokedUser(pass.user.id))) return { why: "forbidden" };
  for (const why of ["ban", "kick"] as const) {
    const held = inForce(draft, keys[why](pass.user.id));
    if (!held) continue;
    const { until, reason } = held;
    return { why: why === "ban" ? "banned" : "kicked", until: until ?? undefined, reason };
  }
  return null;
}

type Spendable = Pick<Pass, "presentableUntil" | "jti">;

const spentKey = ({ presentableUntil, jti }: Spendable): string[] =>
  jti === null ? [] : [keys.spent(presentableUntil, jti)];

/** Looking for spent tokens that may be forgotten costs as much as the rest of a refresh. */
export const SPENT_BETWEEN_LOOKS = 16;

/** At the first after each waking, and then often enough: one look finds more than came since the last. */
export const isTimeToForget = ({ spent }: Pick<RoomState, "spent">): boolean =>
  spent % SPENT_BETWEEN_LOOKS === 0;

/** A token is good once: remembered for as long as it could be presented, in the same write. */
export function spend(draft: Draft, token: Spendable) {
  draft.spent++;
  for (const key of spentKey(token)) draft.put.set(key, 1);
  for (const key of draft.found.stale) draft.delete.add(key);
}

/**
 * A role that the app pushed is newer than the one in a token minted before, and so is the one in a
 * newer token of a person who is here: who comes last with an old token does not bring it back.
 */
export function roleOf(draft: Draft, pass: Pass): Role {
  if (draft.rules.archived) return "reader";
  const pushed = draft.stored<PushedRole>(keys.role(pass.user.id));
  if (isNewer(draft, pushed, pass)) return pushed.role;
  return knownBetter(draft, pass)?.role ?? pass.role;
}

/** The person of a pass, under the name that the app pushed, or a newer token said, after it was minted. */
export function userOf(draft: Draft, pass: Pass): UserRef {
  const pushed = draft.stored<PushedName>(keys.name(pass.user.id));
  const user = knownBetter(draft, pass)?.user ?? pass.user;
  return isNewer(draft, pushed, pass) ? { ...user, name: pushed.name } : user;
}

/** The person as a newer token has said, if they are here. */
function knownBetter(draft: Draft, pass: Pass): Person | null {
  const known = draft.people.get(pass.user.id);
  return known?.issuedAt !== undefined && pass.issuedAt < known.issuedAt ? known : null;
}

const isNewer = <T extends Pushed>(draft: Draft, pushed: T | undefined, pass: Pass): pushed is T =>
  pushed !== undefined && draft.now < pushed.until && pass.issuedAt <= pushed.at;

/** What `welcome` says to a muted person of it, and `mod.held` to those who moderate. */
export function mutedField(draft: Draft, user: string): Pick<ServerFrameOf<"welcome">, "muted"> {
  const mute = inForce(draft, keys.mute(user));
  if (!mute) return {};
  const { until, reason } = mute;
  return { muted: { ...(until !== null && { until }), ...(reason !== undefined && { reason }) } };
}

export function inForce(draft: Draft, key: string): Until | null {
  const found = draft.stored<Until>(key);
  return found && (found.until === null || draft.now < found.until) ? found : null;
}
