import "server-only";
import { count } from "../observe/metrics";
import { insist } from "./insist";
import { callParty } from "./request";

const PUSH_TIMEOUT_MS = 2_000;

/**
 * Tells rooms that a login session has ended: they close its sockets and refuse its tokens. Rooms
 * that do not confirm are told again in the background; if they never hear of it the sockets end
 * with their leases, as no token is minted for a revoked session. Resolves to those rooms.
 */
export async function revokeSession(
  rooms: string[],
  sid: string,
  reason: string,
): Promise<string[]> {
  const tell = (room: string) => post(room, "/revoke", { sid, reason });
  const silent = await unheard(rooms, tell);
  insist("revocation", silent, tell);
  return silent;
}

/**
 * Tells a room that a person may no longer be in it, later too while `stillTrue` says that this
 * has not changed meanwhile.
 */
export async function revokeUser(
  room: string,
  user: string,
  reason: string,
  stillTrue: () => Promise<boolean>,
): Promise<void> {
  const tell = () => post(room, "/revoke", { user, reason });
  if (await tell()) return;
  insist("revocation", [room], async () => !(await truth(stillTrue)) || tell());
}

/**
 * Tells a room that a person's role has changed. Where it does not confirm it is told what
 * `roleNow` says by then: a later change must not be undone by an earlier one. With a `name` the
 * room knows whom it means before they come for the first time.
 */
export async function changeRole(
  room: string,
  user: string,
  role: string,
  roleNow: () => Promise<string | null>,
  name?: string,
): Promise<void> {
  const named: Record<string, string> = name === undefined ? {} : { name };
  if (await post(room, "/members", { user, role, ...named })) return;
  insist("role_change", [room], async () => {
    const now = await roleNow().catch(() => role);
    return now === null || post(room, "/members", { user, role: now, ...named });
  });
}

/** Tells rooms that a person has another name now; resolves to those that did not confirm. */
export async function rename(rooms: string[], user: string, name: string): Promise<string[]> {
  return unheard(rooms, (room) => post(room, "/members", { user, name }));
}

/** Asks a room to forget what was said in it. */
export async function clearHistory(room: string): Promise<boolean> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "DELETE" };
  return (await callParty(room, "/messages", call)) !== null;
}

async function unheard(
  rooms: string[],
  tell: (room: string) => Promise<boolean>,
): Promise<string[]> {
  const heard = await Promise.all(rooms.map(tell));
  return rooms.filter((_, index) => !heard[index]);
}

async function post(room: string, path: string, body: Record<string, string>): Promise<boolean> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "POST", body };
  const heard = (await callParty(room, path, call)) !== null;
  count("guestlist_party_calls_total", {
    call: path.slice(1),
    outcome: heard ? "heard" : "silent",
  });
  return heard;
}

/** A database that cannot tell is no reason to leave somebody in. */
const truth = (ask: () => Promise<boolean>): Promise<boolean> => ask().catch(() => true);
