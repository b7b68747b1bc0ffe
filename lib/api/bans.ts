import "server-only";
import type { Accounts, Ban, BanEnd, Person } from "../accounts/port";
import { tellSanction } from "../party-api/tell-room";
import { MAX_SANCTION_SECONDS } from "../protocol/limits";
import { mayModerateUser } from "../room/permissions";
import { Refusal } from "./errors";
import { type Caller, logLine, readReason, readWhole, roomFor } from "./room-guard";

/**
 * Bans a person from a room: first in the database, so that no token is minted, then in the room,
 * which closes their sockets and refuses the tokens they have. Somebody need not be there, or a
 * member, to be banned.
 */
export async function banPerson(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Record<string, unknown>,
  now: number,
): Promise<BanEnd> {
  const { standing } = await roomFor(accounts, caller, room, "ban", now);
  const seconds = readWhole(given.seconds, "seconds", [1, MAX_SANCTION_SECONDS]);
  const reason = readReason(given.reason);
  const person = typeof given.user === "string" ? await accounts.people.byId(given.user) : null;
  if (!person) throw new Refusal("not_found");
  const role = (await accounts.rooms.memberRole(room, person.id)) ?? "reader";
  if (person.id === caller.id || !mayModerateUser(standing, role)) throw new Refusal("forbidden");

  const { end } = await ban(accounts, caller, room, person, { seconds, reason }, now);
  return end;
}

/** The ban itself, by whoever may; `told` is false where the room is still to be told. */
export async function ban(
  accounts: Accounts,
  by: Caller,
  room: string,
  { id, name }: Pick<Person, "id" | "name">,
  { seconds, reason }: { seconds?: number | undefined; reason?: string | undefined },
  now: number,
): Promise<{ end: BanEnd; told: boolean }> {
  const until = seconds === undefined ? null : now + seconds * 1000;
  const end = { until, reason: reason ?? null };
  const line = logLine(room, "ban", by, now, {
    ...{ user: { id, name }, reason, until: until ?? undefined },
  });
  await accounts.bans.put(room, id, end, line);
  const sanction = { action: "ban", user: id, seconds, reason, by: byOf(by) };
  const told = await tellSanction(room, sanction, async () => {
    const held = (await accounts.bans.inForce(room, Date.now())).find(({ user }) => user.id === id);
    if (!held) return null;
    const left = held.until === null ? undefined : Math.ceil((held.until - Date.now()) / 1000);
    return { ...sanction, seconds: left && Math.max(1, left) };
  });
  return { end, told };
}

/** Lets a person in again; membership and role are as they were. */
export async function unbanPerson(
  accounts: Accounts,
  caller: Caller,
  room: string,
  user: string,
  now: number,
): Promise<void> {
  await roomFor(accounts, caller, room, "unban", now);
  const name = (await accounts.people.byId(user))?.name ?? user;
  await unban(accounts, caller, room, { id: user, name }, now);
}

/** The end of a ban, by whoever may; false where the room is still to be told. */
export async function unban(
  accounts: Accounts,
  by: Caller,
  room: string,
  { id: user, name }: Pick<Person, "id" | "name">,
  now: number,
): Promise<boolean> {
  const line = logLine(room, "unban", by, now, { user: { id: user, name } });
  const lifted = await accounts.bans.lift(room, user, line);
  const sanction = { action: "unban", user, by: byOf(by) };
  const stillFree = async () => {
    const bans = await accounts.bans.inForce(room, Date.now());
    return bans.some((ban) => ban.user.id === user) ? null : sanction;
  };
  // A ban that was given in the room by a frame is not in the database; the room is told all the same.
  const told = await tellSanction(room, sanction, stillFree);
  if (!lifted) await accounts.roomLog.write(line);
  return told;
}

export async function bansIn(
  accounts: Accounts,
  caller: Caller,
  room: string,
  now: number,
): Promise<Ban[]> {
  await roomFor(accounts, caller, room, "see_bans", now);
  return accounts.bans.inForce(room, now);
}

const byOf = ({ id, name }: Caller) => ({ id, name });
