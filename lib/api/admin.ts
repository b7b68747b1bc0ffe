import "server-only";
import type { Accounts } from "../accounts/port";
import { tellOfEnd } from "../auth/end-session";
import type { CurrentUser } from "../auth/session";
import { Refusal } from "./errors";
import { logEvent } from "./log";

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
