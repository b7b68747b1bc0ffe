import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { nanoid } from "nanoid";
import type { Accounts, Invite, Invited, InviteRefusal, Room } from "../accounts/port";
import { changeRole } from "../party-api/revoke";
import { ROLES, type Role } from "../protocol/values";
import { outranks } from "../room/permissions";
import { banned, Refusal } from "./errors";
import { type Caller, logLine, readWhole, roomFor } from "./room-guard";

const DAY_SECONDS = 86_400;
export const INVITE_SECONDS = { default: 7 * DAY_SECONDS, min: 60, max: 90 * DAY_SECONDS } as const;
export const INVITE_USES = { default: 1, min: 1, max: 1_000 } as const;

/** 192 random bits: nobody guesses one, so none needs a password. */
const CODE = /^[A-Za-z0-9_-]{32}$/;
const newCode = (): string => randomBytes(24).toString("base64url");
const hashOf = (code: string): string => createHash("sha256").update(code).digest("hex");

/**
 * A link into a room, for a role below the maker's own. The code is told once and kept nowhere.
 * @throws Refusal `bad_request`, `forbidden`, `not_found`, `archived`
 */
export async function makeInvite(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Record<string, unknown>,
  now: number,
): Promise<Omit<Invite, "createdBy"> & { code: string; path: string }> {
  const { standing } = await roomFor(accounts, caller, room, "invite", now);
  const role = given.role === undefined ? "member" : ROLES.find((known) => known === given.role);
  if (!role || role === "owner") {
    const fields = { role: "Choose reader, member or moderator." };
    throw new Refusal("bad_request", { fields });
  }
  if (!outranks(standing, role)) throw new Refusal("forbidden");
  const { default: seconds, min, max } = INVITE_SECONDS;
  const lasts = readWhole(given.expiresInSeconds, "expiresInSeconds", [min, max]) ?? seconds;
  const uses = [INVITE_USES.min, INVITE_USES.max] as const;
  const maxUses = readWhole(given.maxUses, "maxUses", uses) ?? INVITE_USES.default;
  const code = newCode();
  const invite = { id: nanoid(), role, createdAt: now, expiresAt: now + lasts * 1000, maxUses };
  await accounts.invites.create(
    { ...invite, room, createdBy: caller.id, codeHash: hashOf(code) },
    logLine(room, "invite", caller, now, { detail: JSON.stringify(invite) }),
  );
  return { ...invite, uses: 0, code, path: `/invite/${code}` };
}

/** Those that may still be used. */
export async function invitesOf(
  accounts: Accounts,
  caller: Caller,
  room: string,
  now: number,
): Promise<Invite[]> {
  await roomFor(accounts, caller, room, "invite", now);
  return accounts.invites.list(room, now);
}

export async function revokeInvite(
  accounts: Accounts,
  caller: Caller,
  room: string,
  id: string,
  now: number,
): Promise<void> {
  await roomFor(accounts, caller, room, "invite", now);
  const line = logLine(room, "revoke_invite", caller, now, { detail: id.slice(0, 64) });
  if (!(await accounts.invites.revoke(room, id, line))) throw new Refusal("not_found");
}

export interface InviteView {
  room: Pick<Room, "id" | "name" | "topic" | "visibility">;
  /** What it gives. */
  role: Role;
  /** What the person has already, if they are a member. */
  member: Role | null;
  from: Invited["from"];
}

/** Where a link leads, for somebody who is signed in; nowhere for every code that cannot be used. */
export async function findInvite(
  accounts: Accounts,
  caller: Pick<Caller, "id">,
  code: string,
  now: number,
): Promise<InviteView | InviteRefusal> {
  if (!CODE.test(code)) return "not_found";
  const found = await accounts.invites.look(hashOf(code), caller.id, now);
  if (found === "not_found" || "ban" in found) return found;
  const { role, member, from } = found;
  const { id, name, topic, visibility } = found.room;
  return { room: { id, name, topic, visibility }, role, member, from };
}

/** As above. @throws Refusal `not_found`; `forbidden` with the ban */
export async function lookAtInvite(
  accounts: Accounts,
  caller: Pick<Caller, "id">,
  code: string,
  now: number,
): Promise<InviteView> {
  const found = await findInvite(accounts, caller, code, now);
  if (found === "not_found") throw new Refusal("not_found");
  if ("ban" in found) throw banned(found.ban);
  return found;
}

/** Takes an invitation up: one use, one member. Who is a member already keeps their role and uses nothing. */
export async function acceptInvite(
  accounts: Accounts,
  caller: Caller,
  code: string,
  now: number,
): Promise<{ room: string; role: Role }> {
  const { room, role, member } = await lookAtInvite(accounts, caller, code, now);
  if (member) return { room: room.id, role: member };
  const by = { id: caller.id, name: caller.name };
  const joined = await accounts.invites.accept(hashOf(code), caller.id, {
    at: now,
    action: "join_by_invite",
    by,
  });
  // The last use went to somebody else, or a ban came in between.
  if (joined === null) throw new Refusal("not_found");
  await changeRole(joined, caller.id, role, () => accounts.rooms.memberRole(joined, caller.id));
  return { room: joined, role };
}
