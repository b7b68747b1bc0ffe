import "server-only";
import { getAccounts } from "../accounts/libsql";
import { breachCheck } from "../auth/breached";
import { countRequest } from "../auth/token-bucket";
import { type CurrentUser, getUser } from "../auth/session";
import { serverEnv } from "../env/server";
import { namePerson } from "../observe/current-request";
import type { AccountContext } from "./account";
import { Refusal } from "./errors";
import { requireSameOrigin } from "./same-origin";

/**
 * The person behind an API request. The cookie of a session that has ended is left where it is: the
 * browser may have signed in anew since this request left, and the answer would take that away.
 * @throws Refusal `signed_out`
 * @throws AccountsUnavailable
 */
export async function requireApiUser(): Promise<CurrentUser> {
  const user = await getUser();
  if (!user) throw new Refusal("signed_out");
  namePerson(user.id);
  return user;
}

/** For routes that change something: only our own pages may cause it. */
export function requireOwnPage(request: Request): void {
  requireSameOrigin(request.headers, serverEnv().origin);
}

/** Changes that one person may ask of their own account: a few at once, then six a minute. */
const ACCOUNT_CHANGES = { perMinute: 6, burst: 20 };

/**
 * The person who changes their own account.
 * @throws Refusal `signed_out`, `rate_limited`
 */
export async function accountContext(): Promise<AccountContext> {
  const { id: userId, sessionId } = await requireApiUser();
  const [accounts, now] = [getAccounts(), Date.now()];
  const wait = await countRequest(accounts.throttle, `account:${userId}`, ACCOUNT_CHANGES, now);
  if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
  const { limits, passwordRangeUrl } = serverEnv();
  const isBreached = breachCheck(passwordRangeUrl);
  return { accounts, userId, sessionId, failures: limits.signInFailures, isBreached, now };
}
