import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { validEnvironment } from "../env/testing";
import { isOperation, operate, type Operation } from "./operator";

const NOW = Date.now();
let accounts: Accounts;
let remove: () => void;
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
  vi.stubGlobal("fetch", async () => Response.json({ ok: true }));
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  for (const id of ["ada", "grace"]) {
    await accounts.people.create(somebody(id));
    const session = { id: `s-${id}`, userId: id, createdAt: NOW, expiresAt: NOW + 1e7, device: "" };
    await accounts.sessions.create(session);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  remove();
});
const order = (operation: Operation, ...words: string[]) =>
  operate(operation, words, { accounts, now: NOW + 1 });
const living = async (id: string) => (await accounts.sessions.list(id, NOW + 2)).length;

test("the sessions of one person end, and nobody else's", async () => {
  expect(await order("end-sessions", " ADA@example.com ")).toMatch(/^1 login sessions/);
  expect([await living("ada"), await living("grace")]).toEqual([0, 1]);
});

test("an admin is made, and made no more", async () => {
  await order("grant-admin", "ada@example.com");
  expect((await accounts.people.byId("ada"))?.admin).toBe(true);
  await order("withdraw-admin", "ada@example.com");
  expect((await accounts.people.byId("ada"))?.admin).toBe(false);
});

test("a disabled person can be let in again", async () => {
  await order("disable", "ada@example.com");
  expect((await accounts.people.byId("ada"))?.disabledAt).toBe(NOW + 1);
  expect(await living("ada")).toBe(0);
  await order("enable", "ada@example.com");
  expect((await accounts.people.byId("ada"))?.disabledAt).toBeNull();
});

test("a ban is kept by the app, so that no token is minted, also where the room does not answer", async () => {
  const general = { id: "general", name: "General", topic: null, createdAt: NOW };
  await accounts.rooms.create({ ...general, visibility: "public" }, "grace");
  vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
  expect(await order("ban", "ada@example.com", "general", "60")).toMatch(/does not answer yet/);
  expect(await accounts.rooms.access("ada", "general", NOW + 2)).toHaveProperty("ban");
  expect(await order("unban", "ada@example.com", "general")).toMatch(/goes on being told/);
  expect(await accounts.rooms.access("ada", "general", NOW + 2)).not.toHaveProperty("ban");
});

test.each<[Operation, string[], string]>([
  ["disable", [], "Say whom"],
  ["disable", ["nobody@example.com"], "Nobody here has the address"],
  ["ban", ["ada@example.com"], "Say which room"],
  ["ban", ["ada@example.com", "../general"], "Say which room"],
  ["ban", ["ada@example.com", "general", "-1"], "Seconds are a whole number"],
  ["ban", ["ada@example.com", "general", "999999999999"], "Seconds are a whole number"],
  ["ban", ["ada@example.com", "nowhere"], "There is no room nowhere"],
  ["end-all-sessions", [], "add --yes"],
])("%s %j says what is missing and changes nothing", async (operation, words, text) => {
  await expect(order(operation, ...words)).rejects.toThrow(text);
  expect([await living("ada"), await living("grace")]).toEqual([1, 1]);
});

test.each(["constructor", "__proto__", "", undefined, "drop"])("%j is no operation", (word) => {
  expect(isOperation(word)).toBe(false);
});
