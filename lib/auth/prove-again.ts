import "server-only";
import type { Accounts, Person } from "../accounts/port";
import { Refusal } from "../api/errors";
import { verifyPassword } from "./password";
import { MAX_PASSWORD_CHARACTERS } from "./password-rules";
import { accountRule, countAttempt, returnAttempt } from "./throttle";

/** How fresh a sign-in must be to stand in for a password that somebody does not have. */
export const RECENT_SIGN_IN_MS = 10 * 60_000;

const WRONG = { fields: { current: "This is not your current password." } };

/**
 * Asks a signed-in person for the password again, before something that cannot be undone: whoever
 * holds a stolen session does not know it. Throttled per person, wherever the tries come from.
 * @throws Refusal `bad_request` with the field `current`, `rate_limited`
 * @throws AccountsUnavailable @throws Busy with nothing counted
 */
export async function provePassword(
  given: unknown,
  person: Person,
  { accounts, failures, now }: { accounts: Accounts; failures: number; now: number },
): Promise<void> {
  if (typeof given !== "string" || given.length === 0) throw new Refusal("bad_request", WRONG);
  if (given.length > MAX_PASSWORD_CHARACTERS * 4) throw new Refusal("bad_request", WRONG);
  const key = `prove:${person.id}`;
  const rule = accountRule(failures);
  const wait = await countAttempt(accounts.throttle, key, rule, now);
  if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
  let ok: boolean;
  try {
    ({ ok } = await verifyPassword(person.passwordHash, given));
  } catch (error) {
    // Nothing was learnt about the password, so nothing counts.
    await returnAttempt(accounts.throttle, key, rule).catch(() => undefined);
    throw error;
  }
  if (!ok) throw new Refusal("bad_request", WRONG);
  await accounts.throttle.clear(key);
}

/** Whether this login session began so lately that it proves who is there. */
export async function signedInLately(
  accounts: Accounts,
  sessionId: string,
  now: number,
): Promise<boolean> {
  const active = await accounts.sessions.active(sessionId, now);
  return active !== null && now - active.session.createdAt < RECENT_SIGN_IN_MS;
}
