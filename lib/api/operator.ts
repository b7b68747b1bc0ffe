import "server-only";
import type { Accounts, Person } from "../accounts/port";
import { normaliseEmail } from "../auth/email";
import { tellOfEnd } from "../auth/end-session";
import { MAX_SANCTION_SECONDS, ROOM_ID_PATTERN } from "../protocol/limits";
import { ban, unban } from "./bans";
import { logEvent } from "./log";

/** A wish that cannot be met; its text is for the person at the terminal. */
export class Unmet extends Error {
  override name = "Unmet";
}

/** Who a room's log names for what was done from here. */
const OPERATOR = { id: "operator", name: "Operator" };

/** What `npm run admin` can do, by whoever may start a process beside the database. */
export const OPERATIONS = {
  show: "show <email>",
  disable: "disable <email>",
  enable: "enable <email>",
  "end-sessions": "end-sessions <email>",
  "end-all-sessions": "end-all-sessions --yes",
  "grant-admin": "grant-admin <email>",
  "withdraw-admin": "withdraw-admin <email>",
  ban: "ban <email> <room> [seconds]",
  unban: "unban <email> <room>",
} as const;
export type Operation = keyof typeof OPERATIONS;

export const isOperation = (word: string | undefined): word is Operation =>
  word !== undefined && Object.hasOwn(OPERATIONS, word);

/**
 * Does one operation and says what came of it. Rooms that do not confirm an end go on being told in
 * the background, as after a request.
 * @throws Unmet @throws AccountsUnavailable
 */
export async function operate(
  operation: Operation,
  [first, room, seconds]: readonly string[],
  { accounts, now }: { accounts: Accounts; now: number },
): Promise<string> {
  if (operation === "end-all-sessions") {
    if (first !== "--yes") throw new Unmet("This signs everybody out: add --yes.");
    const { ended, leases } = await accounts.sessions.revokeAll(now);
    logEvent("all_sessions_ended", { ended, by: "operator" });
    await tellOfEnd(leases, "ended_elsewhere");
    return `${ended} login sessions were ended, with the sockets of ${leases.length} room entries.`;
  }
  const person = await personBy(accounts, first);
  const by = { user: person.id, by: "operator" };
  switch (operation) {
    case "show":
      return shown(person, (await accounts.sessions.list(person.id, now)).length);
    case "disable": {
      const leases = (await accounts.people.disable(person.id, now)) ?? [];
      logEvent("account_disabled", by);
      await tellOfEnd(leases, "account_disabled");
      return `${person.email} is disabled: signed out everywhere, and cannot sign in.`;
    }
    case "enable":
      await accounts.people.enable(person.id);
      logEvent("account_enabled", by);
      return `${person.email} may sign in again.`;
    case "end-sessions": {
      const { ended, leases } = await accounts.sessions.revokeAll(now, person.id);
      logEvent("sessions_ended", { ...by, ended });
      await tellOfEnd(leases, "ended_elsewhere");
      return `${ended} login sessions of ${person.email} were ended.`;
    }
    case "grant-admin":
    case "withdraw-admin": {
      const admin = operation === "grant-admin";
      await accounts.people.setAdmin(person.id, admin);
      logEvent(admin ? "admin_granted" : "admin_withdrawn", by);
      return `${person.email} is ${admin ? "an admin now" : "no admin any more"}.`;
    }
    case "ban":
    case "unban":
      return sanction(accounts, operation, person, [room, seconds], now);
  }
}

async function personBy(accounts: Accounts, given: string | undefined): Promise<Person> {
  const email = normaliseEmail(given);
  if (!email) throw new Unmet("Say whom, by email address.");
  const person = await accounts.people.byEmail(email);
  if (!person) throw new Unmet(`Nobody here has the address ${email}.`);
  return person;
}

const shown = ({ id, email, name, admin, disabledAt, createdAt }: Person, sessions: number) =>
  [
    `${name} <${email}>`,
    `id ${id}, since ${new Date(createdAt).toISOString()}`,
    `${sessions} living login sessions${admin ? ", an admin" : ""}`,
    ...(disabledAt === null ? [] : [`disabled since ${new Date(disabledAt).toISOString()}`]),
  ].join("\n");

async function sanction(
  accounts: Accounts,
  action: "ban" | "unban",
  person: Person,
  [room, given]: readonly [string | undefined, string | undefined],
  now: number,
): Promise<string> {
  if (room === undefined || !ROOM_ID_PATTERN.test(room)) throw new Unmet("Say which room, by id.");
  const seconds = given === undefined ? undefined : Number(given);
  if (given !== undefined && !(/^[1-9]\d*$/.test(given) && Number(given) <= MAX_SANCTION_SECONDS)) {
    throw new Unmet(
      `Seconds are a whole number up to ${MAX_SANCTION_SECONDS}; without them a ban has no end.`,
    );
  }
  if ((await accounts.rooms.access(person.id, room, now)) === "not_found") {
    throw new Unmet(`There is no room ${room}.`);
  }
  const told =
    action === "ban"
      ? (await ban(accounts, OPERATOR, room, person, { seconds }, now)).told
      : await unban(accounts, OPERATOR, room, person, now);
  logEvent(action === "ban" ? "banned" : "unbanned", { user: person.id, room, by: "operator" });
  const done =
    action === "unban"
      ? `${person.email} may enter ${room} again.`
      : `${person.email} is banned from ${room}${given ? ` for ${given} seconds` : ""}.`;
  return told ? done : `${done} The room does not answer yet, and goes on being told.`;
}
