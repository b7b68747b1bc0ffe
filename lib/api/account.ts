import "server-only";
import type { Accounts, Person } from "../accounts/port";
import type { BreachCheck } from "../auth/breached";
import { tellOfEnd } from "../auth/end-session";
import { chosenName, NAME_TEXT } from "../auth/name";
import { hashPassword } from "../auth/password";
import { PASSWORD_TEXT, passwordProblem } from "../auth/password-rules";
import { provePassword, signedInLately } from "../auth/prove-again";
import { changeRole, clearHistory, rename } from "../party-api/revoke";
import { carryOutErasures } from "./erasures";
import { Refusal } from "./errors";
import { logEvent } from "./log";

const MESSAGES = ["keep", "anonymise", "erase"] as const;

/** Who asks, and what the rules need beside: the throttle's free failures, the list, the time. */
export interface AccountContext {
  accounts: Accounts;
  userId: string;
  sessionId: string;
  failures: number;
  isBreached: BreachCheck;
  now: number;
}

/** Gives a person another display name, in the database and in the rooms they may be in. */
export async function changeName(
  given: Record<string, unknown>,
  { accounts, userId, now }: AccountContext,
): Promise<{ name: string }> {
  const chosen = chosenName(given.name);
  if ("problem" in chosen) {
    throw new Refusal("bad_request", { fields: { name: NAME_TEXT[chosen.problem] } });
  }
  const { name } = chosen;
  await accounts.people.rename(userId, name);
  // A room that does not hear of it takes the name from the next renewal's token.
  const silent = await rename(await accounts.mints.roomsOf(userId, now), userId, name);
  if (silent.length > 0) logEvent("rename_unconfirmed", { rooms: silent.length });
  return { name };
}

/**
 * Another password: all other sessions end, with their sockets and tokens; the asking one goes on.
 * Somebody without a password has none to change; they sign in with their provider.
 */
export async function changePassword(
  given: Record<string, unknown>,
  context: AccountContext,
): Promise<void> {
  const { accounts, userId, sessionId } = context;
  const person = await self(context);
  const before = person.passwordHash;
  if (before === null) throw new Refusal("forbidden");
  const password = typeof given.password === "string" ? given.password : "";
  const problem = passwordProblem(password, person);
  if (problem) throw new Refusal("bad_request", { fields: { password: PASSWORD_TEXT[problem] } });
  await provePassword(given.current, person, context);
  if (await context.isBreached(password)) {
    throw new Refusal("bad_request", { fields: { password: PASSWORD_TEXT.breached } });
  }

  const after = await hashPassword(password);
  const change = { before, after, keepSession: sessionId };
  const leases = await accounts.people.changePassword(userId, change, Date.now());
  // Somebody else was faster, with the password that was the current one: this one is not any more.
  if (!leases) throw new Refusal("conflict");
  logEvent("password_changed", { user: userId });
  await tellOfEnd(leases, "password_changed");
}

/**
 * Deletes the account of the person who asks. `messages` says what becomes of what they wrote:
 * `keep` (where nothing is said) leaves it under the name it was sent with, `anonymise` under no
 * name, `erase` takes the words away. Rooms owned alone pass on, and private rooms without anybody
 * else are cleared.
 */
export async function deleteAccount(
  given: Record<string, unknown>,
  context: AccountContext,
): Promise<void> {
  const { accounts, userId, sessionId, now } = context;
  if (given.confirm !== true) throw new Refusal("bad_request");
  const messages = MESSAGES.find((choice) => choice === (given.messages ?? "keep"));
  if (!messages) throw new Refusal("bad_request", { fields: { messages: "Choose one of three." } });
  const person = await self(context);
  if (person.passwordHash !== null) await provePassword(given.password, person, context);
  else if (!(await signedInLately(accounts, sessionId, now))) throw new Refusal("sign_in_again");

  const removed = await accounts.people.remove(userId, Date.now(), messages);
  if (!removed) throw new Refusal("signed_out");
  logEvent("account_deleted", { user: userId });
  await Promise.all([
    tellOfEnd(removed.leases, "account_deleted"),
    ...removed.heirs.map((heir) => {
      const roleNow = () => accounts.rooms.memberRole(heir.room, heir.userId);
      return changeRole(heir.room, heir.userId, "owner", roleNow);
    }),
    ...removed.emptied.map((room) => clearHistory(room)),
    carryOutErasures(accounts, await accounts.erasures.of(userId)),
  ]);
}

async function self({ accounts, userId }: AccountContext): Promise<Person> {
  const person = await accounts.people.byId(userId);
  if (!person) throw new Refusal("signed_out");
  return person;
}
