import "server-only";
import type { Accounts, HeldLease } from "../accounts/port";
import { errorName, logEvent } from "../api/log";
import { revokeSession } from "../party-api/revoke";

/** Why a login session ended; travels to the room and its sockets. */
export type EndReason =
  | "signed_out"
  | "ended_elsewhere"
  | "replaced_by_sign_in"
  | "password_changed"
  | "account_deleted"
  | "account_disabled";

/**
 * Ends a login session: first its row, so that nothing new is minted, then the rooms it may be in,
 * all at once. A room that cannot be reached does not keep anybody signed in: it is told again in
 * the background, and its sockets end with the lease at the latest.
 * @throws AccountsUnavailable where the row could not be written: then nothing has ended
 */
export async function endSession(
  accounts: Accounts,
  sid: string,
  reason: EndReason,
  now = Date.now(),
): Promise<void> {
  await accounts.sessions.revoke(sid, now);
  await tellRooms(accounts, sid, reason, now);
}

/** Ends all login sessions of a person but one. */
export async function endOtherSessions(
  accounts: Accounts,
  userId: string,
  except: string | null,
  now = Date.now(),
): Promise<number> {
  const ended = await accounts.sessions.revokeOthers(userId, except, now);
  await Promise.all(ended.map((sid) => tellRooms(accounts, sid, "ended_elsewhere", now)));
  return ended.length;
}

/**
 * Tells the rooms of sessions that have ended already, all at once. Never rejects: a party that
 * cannot be reached undoes nothing.
 */
export async function tellOfEnd(leases: readonly HeldLease[], reason: EndReason): Promise<void> {
  const rooms = new Map<string, string[]>();
  for (const { sessionId, room } of leases) {
    rooms.set(sessionId, [...(rooms.get(sessionId) ?? []), room]);
  }
  await Promise.all([...rooms].map(([sid, names]) => revokeSession(names, sid, reason)));
}

async function tellRooms(
  accounts: Accounts,
  sid: string,
  reason: EndReason,
  now: number,
): Promise<void> {
  try {
    await revokeSession(await accounts.mints.rooms(sid, now), sid, reason);
  } catch (error) {
    logEvent("revocation_unconfirmed", { reason, error: errorName(error) });
  }
}
