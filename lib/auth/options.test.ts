import type { Account, User } from "next-auth";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { authOptions } from "./options";

let accounts: Accounts;
let remove: () => void;
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

const optionsFor = (environment = {}) =>
  authOptions({
    accounts,
    env: parseServerEnv(validEnvironment(environment)),
    address: "local",
    device: "Browser",
    now: 1_700_000_000_000,
  });

const google = { type: "oauth", provider: "google", providerAccountId: "g-1" } as Account;

async function arrive(profile: Record<string, unknown>, account = google) {
  const user = { id: account.providerAccountId } as User;
  const allowed = await optionsFor().callbacks?.signIn?.({ user, account, profile });
  return { allowed, user };
}

test("a provider's button exists only where it is configured", () => {
  const ids = (environment = {}) => optionsFor(environment).providers.map(({ id }) => id);
  expect(ids()).toEqual(["credentials"]);
  expect(ids({ GITHUB_ID: "a", GITHUB_SECRET: "b", GOOGLE_ID: "c", GOOGLE_SECRET: "d" })).toEqual([
    "credentials",
    "github",
    "google",
  ]);
});

test("a provider's account is the same person every time", async () => {
  const profile = { email: "New@Example.com", email_verified: true, name: "New\u202e" };
  const first = await arrive(profile);
  const second = await arrive({ ...profile, email: "changed@example.com" });
  expect([first.allowed, second.allowed]).toEqual([true, true]);
  expect(second.user.id).toBe(first.user.id);
  expect(await accounts.people.byId(first.user.id)).toMatchObject({
    email: "new@example.com",
    name: "New",
    passwordHash: null,
  });
});

test("a provider's account never takes over a person with the same address", async () => {
  await accounts.people.create(somebody("ada", { passwordHash: "$argon2id$x" }));
  const { allowed } = await arrive({ email: "ada@example.com", email_verified: true });
  expect(allowed).toBe("/sign-in?error=OAuthAccountNotLinked");
});

test.each([
  [{ email: "a@example.com" }],
  [{ email: "a@example.com", email_verified: false }],
  [{}],
])("a profile without a verified address is refused: %j", async (profile) => {
  expect((await arrive(profile)).allowed).toBe("/sign-in?error=AccessDenied");
  expect(await accounts.people.byEmail("a@example.com")).toBeNull();
});

test("pictures are kept only where they come over https", async () => {
  const { user } = await arrive({
    email: "a@example.com",
    email_verified: true,
    picture: "javascript:x",
  });
  expect((await accounts.people.byId(user.id))?.picture).toBeNull();
});

test("the cookie's token holds the person and the session, nothing else", async () => {
  await accounts.people.create(somebody("ada"));
  const token = await optionsFor().callbacks?.jwt?.({
    token: { sub: "ada", name: "Ada", email: "ada@example.com", picture: "x" },
    user: { id: "ada" },
    account: null,
  });
  expect(Object.keys(token ?? {}).sort()).toEqual(["sid", "sub"]);
  expect(await accounts.sessions.active(String(token?.sid), 1_700_000_000_001)).toMatchObject({
    session: { device: "Browser", expiresAt: 1_700_000_000_000 + 30 * 86_400_000 },
  });
});

test("https gives secure cookies", () => {
  expect(optionsFor({ NEXTAUTH_URL: "https://app.example.com" }).useSecureCookies).toBe(true);
  expect(optionsFor().useSecureCookies).toBe(false);
});
