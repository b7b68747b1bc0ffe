import "server-only";
import { createHash } from "node:crypto";
import type { Accounts } from "../accounts/port";
import { normaliseEmail } from "../auth/email";
import { changeRole } from "../party-api/revoke";
import { Refusal } from "./errors";
import type { Caller } from "./room-guard";
import { DIRECT_PREFIX } from "./room-input";

/** The one room of two people, whoever of them opens it. */
export const directRoom = (one: string, other: string): string =>
  DIRECT_PREFIX +
  createHash("sha256").update([one, other].sort().join(" ")).digest("hex").slice(0, 40);

/**
 * Opens the room between the caller and another person. Both are members: neither rules over the
 * other, nobody can be added, and neither can be put out.
 * @throws Refusal `not_found`; `forbidden` where one of them has hidden the other
 */
export async function openDirect(
  accounts: Accounts,
  caller: Caller,
  given: Record<string, unknown>,
  now: number,
): Promise<{ id: string }> {
  const email = normaliseEmail(given.email);
  const person =
    typeof given.user === "string"
      ? await accounts.people.byId(given.user)
      : email && (await accounts.people.byEmail(email));
  if (!person || person.disabledAt !== null) throw new Refusal("not_found");
  if (person.id === caller.id) throw new Refusal("bad_request");
  if (await accounts.hidden.between(caller.id, person.id)) throw new Refusal("forbidden");
  const id = directRoom(caller.id, person.id);
  await accounts.rooms.openDirect(id, [caller.id, person.id], now);
  return { id };
}

/** Hides a person for the caller, or shows them again; between the two nobody writes while hidden. */
export async function hide(
  accounts: Accounts,
  caller: Caller,
  user: string,
  on: boolean,
  now: number,
): Promise<void> {
  if (user === caller.id) throw new Refusal("bad_request");
  if (on && !(await accounts.hidden.add(caller.id, user, now))) throw new Refusal("not_found");
  if (!on) await accounts.hidden.remove(caller.id, user);
  const room = directRoom(caller.id, user);
  if (!(await accounts.rooms.memberRole(room, caller.id))) return;
  await Promise.all(
    [caller.id, user].map(async (one) => {
      const roleNow = async () => {
        const access = await accounts.rooms.access(one, room, Date.now());
        return typeof access === "object" && "room" in access ? access.role : null;
      };
      const role = await roleNow();
      if (role) await changeRole(room, one, role, roleNow);
    }),
  );
}
