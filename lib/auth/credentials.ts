import "server-only";
import { createHash } from "node:crypto";
import type { Accounts, Person } from "../accounts/port";
import { UNKNOWN_ADDRESS } from "./address";
import { normaliseEmail } from "./email";
import { hashPassword, verifyPassword } from "./password";
import { MAX_PASSWORD_CHARACTERS } from "./password-rules";
import { accountRule, addressRule, countAttempt, returnAttempt } from "./throttle";

export interface SignInContext {
  accounts: Accounts;
  /** Key of the visitor's address; see address.ts. */
  address: string;
  /** Failures that are free, LIMIT_SIGN_IN_FAILURES. */
  failures: number;
  now: number;
}

export type SignInVerdict =
  | { ok: true; person: Person }
  | { ok: false; code: "invalid_credentials" }
  | { ok: false; code: "throttled"; waitMs: number };

const INVALID = { ok: false, code: "invalid_credentials" } as const;

/** Keys are digests: the table of counters is no list of addresses. */
const keyOf = (...parts: string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("base64url");

/**
 * Judges email and password. Nobody, a wrong password, a disabled person and one without a password
 * are the same answer after the same work.
 * @throws AccountsUnavailable @throws Busy with nothing counted
 */
export async function checkCredentials(
  given: { email: unknown; password: unknown },
  { accounts, address, failures, now }: SignInContext,
): Promise<SignInVerdict> {
  const email = normaliseEmail(given.email);
  const { password } = given;
  if (!email || typeof password !== "string" || password.length === 0) return INVALID;
  // Not worth a hash: no stored password is that long.
  if (password.length > MAX_PASSWORD_CHARACTERS * 4) return INVALID;

  const { throttle, people } = accounts;
  const perAccount = { key: `in:${keyOf(email, address)}`, rule: accountRule(failures) };
  const perAddress = {
    key: `spray:${keyOf(address)}`,
    rule: addressRule(failures, address !== UNKNOWN_ADDRESS),
  };
  const ownWait = await countAttempt(throttle, perAccount.key, perAccount.rule, now);
  if (ownWait) return { ok: false, code: "throttled", ...ownWait };
  const addressWait = await countAttempt(throttle, perAddress.key, perAddress.rule, now);
  if (addressWait) {
    await returnAttempt(throttle, perAccount.key, perAccount.rule);
    return { ok: false, code: "throttled", ...addressWait };
  }

  try {
    const person = await people.byEmail(email);
    const { ok, outdated } = await verifyPassword(person?.passwordHash ?? null, password);
    if (!ok || !person || person.disabledAt !== null) return INVALID;
    await throttle.clear(perAccount.key);
    await returnAttempt(throttle, perAddress.key, perAddress.rule);
    return { ok: true, person: outdated ? await rehashed(person, password, accounts) : person };
  } catch (error) {
    // Nothing was learnt about the password, so nothing counts.
    await returnAttempt(throttle, perAccount.key, perAccount.rule).catch(() => undefined);
    await returnAttempt(throttle, perAddress.key, perAddress.rule).catch(() => undefined);
    throw error;
  }
}

/** The password is known for a moment: the time to store a stronger hash of it. */
async function rehashed(person: Person, password: string, { people }: Accounts): Promise<Person> {
  const passwordHash = await hashPassword(password);
  const stored = await people.upgradePasswordHash(
    person.id,
    person.passwordHash ?? "",
    passwordHash,
  );
  return stored ? { ...person, passwordHash } : person;
}
