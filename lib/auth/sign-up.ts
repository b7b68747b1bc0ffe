import "server-only";
import { nanoid } from "nanoid";
import type { Accounts } from "../accounts/port";
import type { BreachCheck } from "./breached";
import { normaliseEmail } from "./email";
import { chosenName, NAME_TEXT } from "./name";
import { hashPassword } from "./password";
import { PASSWORD_TEXT, passwordProblem } from "./password-rules";
import { countAttempt, returnAttempt, windowRule } from "./throttle";

const HOUR_MS = 3_600_000;
/** Tries that an address has for each account it may make. */
const TRIES_PER_SIGN_UP = 3;

export type SignUpVerdict =
  | { ok: true; id: string }
  | {
      ok: false;
      code: "bad_request" | "email_taken" | "rate_limited";
      /** A sentence for each wrong field. */
      fields?: Record<string, string>;
      retryAfterMs?: number;
    };

export interface SignUpContext {
  accounts: Accounts;
  address: string;
  perHour: number;
  isBreached: BreachCheck;
  now: number;
}

/**
 * Makes an account from `name`, `email`, `password`; whatever else was sent is not looked at.
 * That an address has an account already is told (409): the sign-up page could not be used
 * otherwise. The throttle bounds how often one may ask.
 * @throws AccountsUnavailable @throws Busy
 */
export async function signUp(
  given: Record<string, unknown>,
  context: SignUpContext,
): Promise<SignUpVerdict> {
  const { accounts, address, perHour, isBreached, now } = context;
  const checked = check(given);
  if ("fields" in checked) return { ok: false, code: "bad_request", fields: checked.fields };

  const tries = {
    key: `up-try:${address}`,
    rule: windowRule(perHour * TRIES_PER_SIGN_UP, HOUR_MS),
  };
  const made = { key: `up:${address}`, rule: windowRule(perHour, HOUR_MS) };
  const tryWait = await countAttempt(accounts.throttle, tries.key, tries.rule, now);
  if (tryWait) return { ok: false, code: "rate_limited", retryAfterMs: tryWait.waitMs };
  const wait = await countAttempt(accounts.throttle, made.key, made.rule, now);
  if (wait) return { ok: false, code: "rate_limited", retryAfterMs: wait.waitMs };

  let created = false;
  try {
    // Behind the throttle: a stranger cannot make the app ask without end.
    if (await isBreached(checked.password)) {
      return { ok: false, code: "bad_request", fields: { password: PASSWORD_TEXT.breached } };
    }
    const id = nanoid();
    const passwordHash = await hashPassword(checked.password);
    const { name, email } = checked;
    const person = { id, email, name, picture: null, passwordHash, createdAt: now };
    created = (await accounts.people.create(person)) === "created";
    return created ? { ok: true, id } : { ok: false, code: "email_taken" };
  } finally {
    if (!created) {
      await returnAttempt(accounts.throttle, made.key, made.rule).catch(() => undefined);
    }
  }
}

function check(
  given: Record<string, unknown>,
): { name: string; email: string; password: string } | { fields: Record<string, string> } {
  const chosen = chosenName(given.name);
  const name = "name" in chosen ? chosen.name : null;
  const email = normaliseEmail(given.email);
  const password = typeof given.password === "string" ? given.password : "";
  const fields: Record<string, string> = {};
  if ("problem" in chosen) fields.name = NAME_TEXT[chosen.problem];
  if (!email) fields.email = "Enter an email address like ada@example.com.";
  const problem = passwordProblem(password, { name: name ?? "", email: email ?? "" });
  if (problem) fields.password = PASSWORD_TEXT[problem];
  return name && email && !problem ? { name, email, password } : { fields };
}
