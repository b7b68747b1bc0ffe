import "server-only";
import { callParty } from "./request";

const PUSH_TIMEOUT_MS = 2_000;

/**
 * Tells rooms that a login session has ended: they close its sockets and refuse its tokens.
 * Resolves to the rooms that did not confirm; their sockets end with the lease, as no token is
 * minted for a revoked session.
 */
export function revokeSession(rooms: string[], sid: string, reason: string): Promise<string[]> {
  return push(rooms, { sid, reason });
}

/** Tells rooms that a person may no longer be in them. */
export function revokeUser(rooms: string[], user: string, reason: string): Promise<string[]> {
  return push(rooms, { user, reason });
}

/** Tells a room that a person's role has changed; false where it did not confirm. */
export async function changeRole(room: string, user: string, role: string): Promise<boolean> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "POST", body: { user, role } };
  return (await callParty(room, "/members", call)) !== null;
}

/** Tells rooms that a person has another name now; resolves to those that did not confirm. */
export async function rename(rooms: string[], user: string, name: string): Promise<string[]> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "POST", body: { user, name } };
  const answers = await Promise.all(rooms.map((room) => callParty(room, "/members", call)));
  return rooms.filter((_, index) => answers[index] === null);
}

/** Asks a room to forget what was said in it. */
export async function clearHistory(room: string): Promise<boolean> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "DELETE" };
  return (await callParty(room, "/messages", call)) !== null;
}

async function push(rooms: string[], body: Record<string, string>): Promise<string[]> {
  const call = { timeoutMs: PUSH_TIMEOUT_MS, method: "POST", body };
  const answers = await Promise.all(rooms.map((room) => callParty(room, "/revoke", call)));
  return rooms.filter((_, index) => answers[index] === null);
}
