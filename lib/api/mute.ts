import "server-only";
import type { Accounts, RoomAccess } from "../accounts/port";
import { countRequest } from "../auth/token-bucket";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { Refusal } from "./errors";

/** Changes of mind that one person may have: a few at once, then one every two seconds. */
const CHANGES = { perMinute: 30, burst: 60 };

/** @throws Refusal `not_found`, `forbidden` */
async function enter(accounts: Accounts, userId: string, room: string): Promise<RoomAccess> {
  if (!ROOM_ID_PATTERN.test(room)) throw new Refusal("not_found");
  const access = await accounts.rooms.access(userId, room, Date.now());
  if (access === "not_found" || access === "forbidden") throw new Refusal(access);
  if ("ban" in access) throw new Refusal("forbidden");
  return access;
}

/**
 * Whether a person wants to be left alone by a room.
 * @throws Refusal `not_found`, `forbidden`
 */
export const isMuted = async (accounts: Accounts, userId: string, room: string): Promise<boolean> =>
  (await enter(accounts, userId, room)).muted;

/**
 * Mutes a room one may enter, for oneself.
 * @param now milliseconds since the Unix epoch
 * @throws Refusal `not_found`, `forbidden`, `rate_limited`
 */
export async function setMuted(
  accounts: Accounts,
  userId: string,
  room: string,
  muted: boolean,
  now: number,
): Promise<void> {
  await enter(accounts, userId, room);
  const wait = await countRequest(accounts.throttle, `mute:${userId}`, CHANGES, now);
  if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
  await accounts.rooms.mute(userId, room, muted, now);
}
