import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { temporaryAccounts } from "../accounts/testing";
import { NAME_TEXT } from "./name";
import { PASSWORD_TEXT } from "./password-rules";
import { signUp } from "./sign-up";

const T0 = 1_700_000_000_000;
let accounts: Accounts;
let remove: () => void;
beforeEach(async () => ({ accounts, remove } = await temporaryAccounts()));
afterEach(() => remove());

const STOLEN = "quiet lantern on the stairs";
const isBreached = vi.fn(async (password: string) => password === STOLEN);

const ask = (changes: Record<string, unknown> = {}, perHour = 20, now = T0) =>
  signUp(
    { name: "Ada", email: "ada@example.com", password: "violet otter piano", ...changes },
    { accounts, address: "9.9.9.9", perHour, isBreached, now },
  );

test("makes a person with a hashed password and nothing that was not asked for", async () => {
  const verdict = await ask({ id: "chosen", admin: true, role: "owner", emailVerified: true });
  expect(verdict).toMatchObject({ ok: true });
  const person = await accounts.people.byEmail("ada@example.com");
  expect(person).toMatchObject({ name: "Ada", admin: false, picture: null });
  expect(person?.id).not.toBe("chosen");
  expect(person?.passwordHash).toMatch(/^\$argon2id\$/);
});

test("tells every wrong field at once", async () => {
  const verdict = await ask({ name: " ", email: "x", password: "password1" });
  expect(verdict).toMatchObject({ ok: false, code: "bad_request" });
  expect(Object.keys("fields" in verdict ? (verdict.fields ?? {}) : {})).toEqual([
    "name",
    "email",
    "password",
  ]);
});

test("a breached password makes no account, costs none, and is not asked about for ever", async () => {
  isBreached.mockClear();
  const refused = { ok: false, code: "bad_request", fields: { password: PASSWORD_TEXT.breached } };
  for (let i = 0; i < 3; i++) expect(await ask({ password: STOLEN }, 1)).toEqual(refused);
  expect(await ask({ password: STOLEN }, 1)).toMatchObject({ code: "rate_limited" });
  expect(isBreached).toHaveBeenCalledTimes(3);
  expect(await accounts.people.byEmail("ada@example.com")).toBeNull();
  expect(await ask({}, 1, T0 + 3_600_000)).toMatchObject({ ok: true });
});

test("what is refused here is asked of nobody", async () => {
  isBreached.mockClear();
  await ask({ password: "password1" });
  await ask({ name: " " });
  expect(isBreached).not.toHaveBeenCalled();
});

test("a name of mixed alphabets makes no account, and the person reads why", async () => {
  const fields = { name: NAME_TEXT.mixed };
  expect(await ask({ name: "\u0430dmin" })).toEqual({ ok: false, code: "bad_request", fields });
});

test("of twenty sign-ups with one address at once, one makes an account", async () => {
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => ask()));
  expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(1);
  const others = verdicts.filter((verdict) => !verdict.ok);
  expect(others.every((verdict) => !verdict.ok && verdict.code === "email_taken")).toBe(true);
});

test("successes are limited per hour, and the hour passes", async () => {
  for (let i = 0; i < 3; i++) expect((await ask({ email: `p${i}@example.com` }, 3)).ok).toBe(true);
  const refused = await ask({ email: "p9@example.com" }, 3, T0 + 60_000);
  expect(refused).toEqual({ ok: false, code: "rate_limited", retryAfterMs: 59 * 60_000 });
  expect((await ask({ email: "p9@example.com" }, 3, T0 + 3_600_000)).ok).toBe(true);
});

test("asking which addresses have an account is limited to three tries per sign-up", async () => {
  await ask({}, 2);
  for (let i = 0; i < 5; i++) expect(await ask({}, 2)).toMatchObject({ code: "email_taken" });
  expect(await ask({}, 2)).toMatchObject({ code: "rate_limited" });
});
