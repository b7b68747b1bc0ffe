import "server-only";
import type { Accounts } from "../accounts/port";
import { endOtherSessions, tellOfEnd } from "../auth/end-session";
import type { CurrentUser } from "../auth/session";
import { Refusal } from "./errors";
import { logEvent } from "./log";

export interface PersonLine {
  id: string;
  name: string;
  email: string;
  admin: boolean;
  disabled: boolean;
  createdAt: number;
  /** Login sessions that live now. */
  sessions: number;
}

const PAGE = { default: 50, max: 100 };
const MAX_SEARCH_CHARACTERS = 100;

/**
 * Everybody who has an account, by name, for admins: those whose name or address holds `search`,
 * after the person `after`. `next` is what to ask after for the page that follows.
 */
export async function peoplePage(
  accounts: Accounts,
  caller: Pick<CurrentUser, "admin">,
  query: URLSearchParams,
  now: number,
): Promise<{ people: PersonLine[]; next: string | null }> {
  if (!caller.admin) throw new Refusal("forbidden");
  const search = (query.get("search") ?? "").trim();
  const limit = Number(query.get("limit") ?? PAGE.default);
  const isWhole = Number.isInteger(limit) && limit >= 1 && limit <= PAGE.max;
  if (search.length > MAX_SEARCH_CHARACTERS || !isWhole) throw new Refusal("bad_request");
  const after = query.get("after");
  const found = await accounts.people.page({ search, after, limit: limit + 1 });
  const people = await Promise.all(
    found.slice(0, limit).map(async ({ id, name, email, admin, disabledAt, createdAt }) => {
      const sessions = (await accounts.sessions.list(id, now)).length;
      return { id, name, email, admin, disabled: disabledAt !== null, createdAt, sessions };
    }),
  );
  return { people, next: found.length > limit ? (people.at(-1)?.id ?? null) : null };
}

/** Ends every login session of a person, with their sockets; they may sign in again. */
export async function endPersonsSessions(
  accounts: Accounts,
  caller: Pick<CurrentUser, "id" | "admin">,
  id: string,
): Promise<{ ended: number }> {
  if (!caller.admin) throw new Refusal("forbidden");
  if (!(await accounts.people.byId(id))) throw new Refusal("not_found");
  const ended = await endOtherSessions(accounts, id, null);
  logEvent("sessions_ended", { user: id, by: caller.id, ended });
  return { ended };
}

/** What an admin may do about a person; everybody else learns nothing of who exists. */
export async function switchPerson(
  accounts: Accounts,
  caller: Pick<CurrentUser, "id" | "admin">,
  id: string,
  act: "disable" | "enable",
): Promise<void> {
  if (!caller.admin) throw new Refusal("forbidden");
  if (act === "enable") {
    if (!(await accounts.people.enable(id))) throw new Refusal("not_found");
    logEvent("account_enabled", { user: id, by: caller.id });
    return;
  }
  // An admin who shuts themselves out may be the last one.
  if (id === caller.id) throw new Refusal("conflict");
  const leases = await accounts.people.disable(id, Date.now());
  if (!leases) throw new Refusal("not_found");
  logEvent("account_disabled", { user: id, by: caller.id });
  await tellOfEnd(leases, "account_disabled");
}
