import { expect, test, vi } from "vitest";
import { somebody } from "../accounts/testing";
import { useBrowser, PASSWORD } from "../auth/testing";
import { switchPerson } from "./admin";
import { type AccountContext, changeName, changePassword, deleteAccount } from "./account";
import { Refusal } from "./errors";

const browser = useBrowser();
const NEW = "quiet lantern harbour";
const STOLEN = "quiet lantern on the stairs";
const isBreached = async (password: string) => password === STOLEN;

/** Signs Ada in twice, as she does in two browsers, and gives what the first one acts with. */
async function twice(): Promise<{ own: AccountContext; other: string }> {
  await browser.signIn();
  const own = (await browser.accounts.sessions.list("ada", Date.now()))[0]?.id ?? "";
  browser.jar.clear();
  await browser.signIn();
  const sessions = await browser.accounts.sessions.list("ada", Date.now());
  const other = sessions.find(({ id }) => id !== own)?.id ?? "";
  for (const sid of [own, other]) {
    await browser.accounts.mints.record(sid, "general", Date.now() + 60_000, Date.now());
  }
  const { accounts } = browser;
  const context = { userId: "ada", sessionId: own, failures: 3, isBreached, now: Date.now() };
  return { own: { accounts, ...context }, other };
}
const refused = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error("not refused");
  return { code: error.code, fields: Object.keys(error.details.fields ?? {}) };
};
const active = async (sid: string) =>
  (await browser.accounts.sessions.active(sid, Date.now())) !== null;
const revoked = (sid: string, reason: string) => ({
  url: "http://127.0.0.1:1999/parties/main/general/revoke",
  body: { sid, reason },
});

test("a new name is in the database and in the rooms at once", async () => {
  const { own } = await twice();
  expect(await changeName({ name: "  Ada   Lovelace " }, own)).toEqual({ name: "Ada Lovelace" });
  expect((await browser.accounts.people.byId("ada"))?.name).toBe("Ada Lovelace");
  expect(browser.pushed).toEqual([
    {
      url: "http://127.0.0.1:1999/parties/main/general/members",
      body: { user: "ada", name: "Ada Lovelace" },
    },
  ]);
});

test.each(["", "\u202e", "x".repeat(65), 7, null, "\u0430dmin"])("%j is no name", async (name) => {
  const { own } = await twice();
  expect(await refused(changeName({ name }, own))).toEqual({
    code: "bad_request",
    fields: ["name"],
  });
});

test("a new password keeps this session and ends the other with its sockets", async () => {
  const { own, other } = await twice();
  await changePassword({ current: PASSWORD, password: NEW }, own);
  expect([await active(own.sessionId), await active(other)]).toEqual([true, false]);
  expect(browser.pushed).toEqual([revoked(other, "password_changed")]);
  expect((await browser.signIn(PASSWORD)).status).toBe(401);
  expect((await browser.signIn(NEW)).status).toBe(200);
});

test.each([
  [{ current: "not it at all", password: NEW }, ["current"]],
  [{ password: NEW }, ["current"]],
  [{ current: PASSWORD, password: "short" }, ["password"]],
  [{ current: PASSWORD, password: "password" }, ["password"]],
  [{ current: PASSWORD }, ["password"]],
  [{ current: PASSWORD, password: STOLEN }, ["password"]],
])("%j changes nothing", async (given, fields) => {
  const { own, other } = await twice();
  expect(await refused(changePassword(given, own))).toEqual({ code: "bad_request", fields });
  expect([await active(other), browser.pushed]).toEqual([true, []]);
  expect((await browser.signIn(PASSWORD)).status).toBe(200);
});

test("of a new password nobody is asked before the current one is proved", async () => {
  const { own } = await twice();
  const asked = vi.fn(isBreached);
  const given = { current: "not it at all", password: STOLEN };
  await refused(changePassword(given, { ...own, isBreached: asked }));
  await refused(changePassword({ ...given, password: "short" }, { ...own, isBreached: asked }));
  expect(asked).not.toHaveBeenCalled();
});

test("guessing the current password is throttled, for the right one too", async () => {
  const { own } = await twice();
  const guess = (current: string) => refused(changePassword({ current, password: NEW }, own));
  for (let i = 0; i < 3; i++) expect((await guess(`wrong ${i}`)).code).toBe("bad_request");
  expect((await guess(PASSWORD)).code).toBe("rate_limited");
  const other = { password: "wrong", confirm: true };
  expect((await refused(deleteAccount(other, own))).code).toBe("rate_limited");
});

test("a deleted account is gone everywhere, and the address is free", async () => {
  const { own, other } = await twice();
  await deleteAccount({ password: PASSWORD, confirm: true }, own);
  expect([await active(own.sessionId), await active(other)]).toEqual([false, false]);
  expect(browser.pushed).toHaveLength(2);
  expect(browser.pushed).toEqual(
    expect.arrayContaining([own.sessionId, other].map((sid) => revoked(sid, "account_deleted"))),
  );
  expect((await browser.signIn(PASSWORD)).status).toBe(401);
  expect(await browser.accounts.people.byEmail("ada@example.com")).toBeNull();
});

test.each([
  [{ password: PASSWORD }, "bad_request"],
  [{ password: PASSWORD, confirm: "true" }, "bad_request"],
  [{ password: "wrong", confirm: true }, "bad_request"],
  [{ confirm: true }, "bad_request"],
])("%j deletes nothing", async (given, code) => {
  const { own } = await twice();
  expect((await refused(deleteAccount(given, own))).code).toBe(code);
  expect(await active(own.sessionId)).toBe(true);
});

test("without a password a fresh sign-in is asked for, and there is none to change", async () => {
  const { accounts } = browser;
  await accounts.people.create(somebody("otto"));
  const now = Date.now();
  const session = { id: "otto-1", userId: "otto", createdAt: now, expiresAt: now + 9e8 };
  await accounts.sessions.create({ ...session, device: "" });
  const otto = { accounts, userId: "otto", sessionId: "otto-1", failures: 3, isBreached, now };
  expect((await refused(changePassword({ current: "", password: NEW }, otto))).code).toBe(
    "forbidden",
  );
  const later = { ...otto, now: now + 10 * 60_000 };
  expect((await refused(deleteAccount({ confirm: true }, later))).code).toBe("sign_in_again");
  await deleteAccount({ confirm: true }, { ...otto, now: now + 10 * 60_000 - 1 });
  expect(await accounts.people.byId("otto")).toBeNull();
});

test("an unreachable party undoes nothing", async () => {
  const { own, other } = await twice();
  browser.partyAnswers = () => {
    throw new TypeError("fetch failed");
  };
  await changeName({ name: "Countess" }, own);
  await changePassword({ current: PASSWORD, password: NEW }, own);
  expect(await active(other)).toBe(false);
  await deleteAccount({ password: NEW, confirm: true }, own);
  expect(await browser.accounts.people.byId("ada")).toBeNull();
});

test("an admin disables and enables; the sign-in is refused like a wrong password", async () => {
  const { own, other } = await twice();
  const { accounts } = browser;
  const admin = { id: "root", admin: true };
  await switchPerson(accounts, admin, "ada", "disable");
  expect([await active(own.sessionId), await active(other)]).toEqual([false, false]);
  expect(browser.pushed).toEqual(
    expect.arrayContaining([own.sessionId, other].map((sid) => revoked(sid, "account_disabled"))),
  );
  const [right, wrong] = [await browser.signIn(PASSWORD), await browser.signIn("wrong one")];
  expect([right.status, await right.text()]).toEqual([wrong.status, await wrong.text()]);
  await switchPerson(accounts, admin, "ada", "enable");
  expect((await browser.signIn(PASSWORD)).status).toBe(200);
});

test("who is no admin learns nothing; an admin does not shut themselves out", async () => {
  const { accounts } = browser;
  const nobody = { id: "bo", admin: false };
  for (const id of ["ada", "no-such-person"]) {
    expect((await refused(switchPerson(accounts, nobody, id, "disable"))).code).toBe("forbidden");
    expect((await refused(switchPerson(accounts, nobody, id, "enable"))).code).toBe("forbidden");
  }
  const ada = { id: "ada", admin: true };
  expect((await refused(switchPerson(accounts, ada, "ada", "disable"))).code).toBe("conflict");
  expect((await refused(switchPerson(accounts, ada, "no-one", "disable"))).code).toBe("not_found");
  expect((await accounts.people.byId("ada"))?.disabledAt).toBeNull();
});

test("a sign-in under way when the account is disabled gets no session", async () => {
  const { accounts } = browser;
  const create = accounts.sessions.create;
  vi.spyOn(accounts.sessions, "create").mockImplementationOnce(async (...args) => {
    await accounts.people.disable("ada", Date.now());
    return create(...args);
  });
  expect((await browser.signIn()).status).toBe(401);
  expect(await accounts.sessions.list("ada", Date.now())).toEqual([]);
});
