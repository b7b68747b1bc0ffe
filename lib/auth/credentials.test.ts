import { hash } from "@node-rs/argon2";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Accounts, AccountsUnavailable } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { checkCredentials } from "./credentials";
import * as passwords from "./password";

const T0 = 1_700_000_000_000;
const RIGHT = "violet otter piano";
let accounts: Accounts;
let remove: () => void;
beforeEach(async () => ({ accounts, remove } = await temporaryAccounts()));
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

const context = (changes: { address?: string; now?: number } = {}) => ({
  accounts,
  address: "9.9.9.9",
  failures: 10,
  now: T0,
  ...changes,
});
const signIn = (email: unknown, password: unknown, changes = {}) =>
  checkCredentials({ email, password }, context(changes));

async function addAda(passwordHash?: string): Promise<void> {
  const stored = passwordHash ?? (await passwords.hashPassword(RIGHT));
  await accounts.people.create(somebody("ada", { passwordHash: stored }));
}

test("email in any case and the right password are that person", async () => {
  await addAda();
  expect(await signIn(" ADA@example.com", RIGHT)).toMatchObject({
    ok: true,
    person: { id: "ada" },
  });
});

test("a wrong password, nobody, and a person without a password are one answer after one verification", async () => {
  await addAda();
  await accounts.people.byProvider({ provider: "github", providerId: "1" }, somebody("grace"));
  const verify = vi.spyOn(passwords, "verifyPassword");
  for (const email of ["ada@example.com", "nobody@example.com", "grace@example.com"]) {
    verify.mockClear();
    expect(await signIn(email, "wrong words here")).toEqual({
      ok: false,
      code: "invalid_credentials",
    });
    expect(verify).toHaveBeenCalledTimes(1);
  }
});

test.each([
  [{ email: ["ada@example.com"] }],
  [{ email: "ada@example.com' OR 1=1 --" }],
  [{ password: { $ne: "" } }],
  [{ password: "" }],
  [{ password: "x".repeat(1_000_000) }],
  [{ email: "ada@example.com\u0000" }],
])("%j is refused and never hashed", async (changes) => {
  await addAda();
  const verify = vi.spyOn(passwords, "verifyPassword");
  const given = { email: "ada@example.com", password: RIGHT, ...changes };
  const verdict = await checkCredentials(given, context());
  expect(verdict).toEqual({ ok: false, code: "invalid_credentials" });
  expect(verify).not.toHaveBeenCalled();
});

test("the eleventh try waits, also with the right password; another address does not", async () => {
  await addAda();
  for (let i = 0; i < 10; i++) await signIn("ada@example.com", `wrong ${i} words`);
  const throttled = { ok: false, code: "throttled", waitMs: 30_000 };
  expect(await signIn("Ada@Example.com", RIGHT)).toEqual(throttled);
  expect(await signIn("ada@example.com", RIGHT, { address: "8.8.8.8" })).toMatchObject({
    ok: true,
  });
  expect(await signIn("ada@example.com", RIGHT, { now: T0 + 30_000 })).toMatchObject({ ok: true });
});

test("a success forgets the failures before it", async () => {
  await addAda();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 9; i++) await signIn("ada@example.com", "wrong words here");
    expect(await signIn("ada@example.com", RIGHT)).toMatchObject({ ok: true });
  }
});

test("one password tried on many people from one address is throttled", async () => {
  vi.spyOn(passwords, "verifyPassword").mockResolvedValue({ ok: false, outdated: false });
  let last;
  for (let i = 0; i < 101; i++) last = await signIn(`person${i}@example.com`, "the same words");
  expect(last).toMatchObject({ ok: false, code: "throttled" });
});

test("while the database or the hashing is out of reach, nothing counts", async () => {
  await addAda();
  const verify = vi.spyOn(passwords, "verifyPassword").mockRejectedValue(new AccountsUnavailable());
  for (let i = 0; i < 15; i++) await expect(signIn("ada@example.com", RIGHT)).rejects.toThrow();
  verify.mockRestore();
  expect(await signIn("ada@example.com", RIGHT)).toMatchObject({ ok: true });
});

test("a hash of weaker parameters is replaced at the next sign-in", async () => {
  await addAda(await hash(RIGHT, { memoryCost: 8_192, timeCost: 1 }));
  await signIn("ada@example.com", RIGHT);
  expect((await accounts.people.byId("ada"))?.passwordHash).toContain("m=19456,t=2");
  expect(await signIn("ada@example.com", RIGHT)).toMatchObject({ ok: true });
});
