import "server-only";
import type { Accounts } from "../accounts/port";
import { normaliseEmail } from "../auth/email";
import { changeRole, revokeUser } from "../party-api/revoke";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { ROLES, type Role } from "../protocol/values";
import { Refusal } from "./errors";

const rank = (role: Role): number => ROLES.indexOf(role);

/** Owners decide on everybody; moderators on those below them. Nobody else decides. */
function mayDecide(own: Role, about: Role): boolean {
  return own === "owner" || (own === "moderator" && rank(about) < rank("moderator"));
}

/** The caller's role in a room. @throws Refusal `not_found`, `forbidden` */
async function deciderIn(accounts: Accounts, userId: string, room: string): Promise<Role> {
  if (!ROOM_ID_PATTERN.test(room)) throw new Refusal("not_found");
  const access = await accounts.rooms.access(userId, room);
  if (access === "not_found" || access === "forbidden") throw new Refusal(access);
  if (rank(access.role) < rank("moderator")) throw new Refusal("forbidden");
  return access.role;
}

/**
 * Adds a person by e-mail, or changes a member's role; a person in the room sees it at once.
 * With `onlyNew` somebody who is a member already is a `conflict`, so adding never demotes.
 */
export async function addMember(
  accounts: Accounts,
  caller: string,
  room: string,
  given: Record<string, unknown>,
  now: number,
): Promise<{ user: string; role: Role }> {
  const email = normaliseEmail(given.email);
  const role = ROLES.find((known) => known === given.role);
  if (!email || !role) {
    const fields = {
      ...(!email && { email: "Enter an e-mail address like ada@example.com." }),
      ...(!role && { role: "Choose reader, member, moderator or owner." }),
    };
    throw new Refusal("bad_request", { fields });
  }
  const own = await deciderIn(accounts, caller, room);
  const person = await accounts.people.byEmail(email);
  if (!person) throw new Refusal("not_found");
  const current = await accounts.rooms.memberRole(room, person.id);
  if (current && given.onlyNew === true) throw new Refusal("conflict");
  if (!mayDecide(own, role) || (current && !mayDecide(own, current)))
    throw new Refusal("forbidden");
  if (!(await accounts.rooms.setMember(room, person.id, role, now))) throw new Refusal("conflict");
  await changeRole(room, person.id, role, () => accounts.rooms.memberRole(room, person.id));
  return { user: person.id, role };
}

/** Takes a person out of a room: the membership first, then the sockets. One may always leave. */
export async function removeMember(
  accounts: Accounts,
  caller: string,
  room: string,
  user: string,
): Promise<void> {
  if (!ROOM_ID_PATTERN.test(room)) throw new Refusal("not_found");
  const current = await accounts.rooms.memberRole(room, user);
  if (caller !== user) {
    const own = await deciderIn(accounts, caller, room);
    if (!current) throw new Refusal("not_found");
    if (!mayDecide(own, current)) throw new Refusal("forbidden");
  }
  if (!current) throw new Refusal("not_found");
  // The last owner stays: a room without one could never be looked after again.
  if (!(await accounts.rooms.removeMember(room, user))) throw new Refusal("conflict");
  const stillOut = async () => (await accounts.rooms.memberRole(room, user)) === null;
  await revokeUser(room, user, "removed", stillOut);
}
