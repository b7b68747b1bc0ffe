import "server-only";
import type { Accounts } from "../accounts/port";
import { normaliseEmail } from "../auth/email";
import { changeRole, revokeUser } from "../party-api/revoke";
import { ROLES, type Role } from "../protocol/values";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { outranks } from "../room/permissions";
import { Refusal } from "./errors";
import { type Caller, logLine, roomFor } from "./room-guard";

/** Owners decide on everybody; moderators on those below them. Nobody else decides. */
function mayDecide(own: Role, about: Role): boolean {
  return own === "owner" || (own === "moderator" && outranks(own, about));
}

/**
 * Adds a person by email, or changes a member's role; a person in the room sees it at once.
 * With `onlyNew` somebody who is a member already is a `conflict`, so adding never demotes.
 */
export async function addMember(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Record<string, unknown>,
  now: number,
): Promise<{ user: string; role: Role }> {
  const email = normaliseEmail(given.email);
  const role = ROLES.find((known) => known === given.role);
  if (!email || !role) {
    const fields = {
      ...(!email && { email: "Enter an email address like ada@example.com." }),
      ...(!role && { role: "Choose reader, member, moderator or owner." }),
    };
    throw new Refusal("bad_request", { fields });
  }
  const { standing: own } = await roomFor(accounts, caller, room, "add_member", now);
  const person = await accounts.people.byEmail(email);
  if (!person) throw new Refusal("not_found");
  const current = await accounts.rooms.memberRole(room, person.id);
  if (current && given.onlyNew === true) throw new Refusal("conflict");
  if (!mayDecide(own, role) || (current && !mayDecide(own, current)))
    throw new Refusal("forbidden");
  const line = logLine(room, current ? "change_role" : "add_member", caller, now, {
    user: { id: person.id, name: person.name },
    detail: current ? `${current} to ${role}` : role,
  });
  if (!(await accounts.rooms.setMember(room, person.id, role, now, line)))
    throw new Refusal("conflict");
  const roleNow = () => accounts.rooms.memberRole(room, person.id);
  await changeRole(room, person.id, role, roleNow, person.name);
  return { user: person.id, role };
}

/**
 * Another role, by id: for a member, and in a public room for any visitor, whom it makes one.
 * @throws Refusal `bad_request`, `forbidden`, `not_found`, `conflict`
 */
export async function changeMember(
  accounts: Accounts,
  caller: Caller,
  room: string,
  user: string,
  given: Record<string, unknown>,
  now: number,
): Promise<{ user: string; role: Role }> {
  const { room: about, standing } = await roomFor(accounts, caller, room, "change_role", now);
  const role = ROLES.find((known) => known === given.role);
  if (!role) {
    const fields = { role: "Choose reader, member, moderator or owner." };
    throw new Refusal("bad_request", { fields });
  }
  // Where everybody may enter, who is on no list is a member all the same.
  const unlisted = about.visibility === "public" && !about.direct ? "member" : null;
  const current = (await accounts.rooms.memberRole(room, user)) ?? unlisted;
  const person = current && (await accounts.people.byId(user));
  if (!current || !person) throw new Refusal("not_found");
  if (!mayDecide(standing, current) || !mayDecide(standing, role)) throw new Refusal("forbidden");
  const what = { user: { id: user, name: person.name }, detail: `${current} to ${role}` };
  const line = logLine(room, "change_role", caller, now, what);
  if (!(await accounts.rooms.setMember(room, user, role, now, line))) throw new Refusal("conflict");
  await changeRole(room, user, role, () => accounts.rooms.memberRole(room, user));
  return { user, role };
}

/** Takes a person out of a room: the membership first, then the sockets. One may always leave. */
export async function removeMember(
  accounts: Accounts,
  caller: Caller,
  room: string,
  user: string,
  now: number,
): Promise<void> {
  if (!ROOM_ID_PATTERN.test(room)) throw new Refusal("not_found");
  const leaving = caller.id === user;
  const current = await accounts.rooms.memberRole(room, user);
  if (!leaving) {
    const { standing } = await roomFor(accounts, caller, room, "remove_member", now);
    if (!current) throw new Refusal("not_found");
    if (!mayDecide(standing, current)) throw new Refusal("forbidden");
  }
  const about = current && (await accounts.rooms.about(room));
  if (!about) throw new Refusal("not_found");
  // Between two people nobody leaves: there would be nobody to come back to.
  if (about.direct) throw new Refusal("conflict");
  const name = (await accounts.people.byId(user))?.name ?? user;
  const line = logLine(room, leaving ? "leave" : "remove_member", caller, now, {
    user: { id: user, name },
  });
  // The last owner stays: a room without one could never be looked after again.
  if (!(await accounts.rooms.removeMember(room, user, line))) throw new Refusal("conflict");
  const stillOut = async () => (await accounts.rooms.memberRole(room, user)) === null;
  await revokeUser(room, user, "removed", stillOut);
}
