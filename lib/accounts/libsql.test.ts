import { statSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "./connection";
import type { Accounts } from "./port";
import { somebody, temporaryAccounts } from "./testing";

const NOW = 1_700_000_000_000;
let accounts: Accounts;
let url: string;
let remove: () => void;
beforeEach(async () => {
  ({ accounts, url, remove } = await temporaryAccounts());
  for (const id of ["ada", "grace"]) await accounts.people.create(somebody(id));
});
afterEach(() => remove());

const startSession = (id: string, userId = "ada", expiresAt = NOW + 1000) =>
  accounts.sessions.create({ id, userId, createdAt: NOW, expiresAt, device: "Browser" });
const startRoom = (id: string, visibility: "public" | "private" = "public") =>
  accounts.rooms.create({ id, name: id, topic: null, visibility, createdAt: NOW }, "ada");

test("the file is its owner's alone and keeps a write-ahead log", async () => {
  const client = await openDatabase(url);
  const { rows } = await client.execute("PRAGMA journal_mode");
  expect(rows[0]?.journal_mode).toBe("wal");
  expect(statSync(url.slice("file:".length)).mode & 0o777).toBe(0o600);
  client.close();
});

test("an address has one account", async () => {
  expect(await accounts.people.create({ ...somebody("ada2"), email: "ada@example.com" })).toBe(
    "email_taken",
  );
  expect((await accounts.people.byEmail("ada@example.com"))?.id).toBe("ada");
});

test("two first sign-ins of one provider account at once make one person", async () => {
  const account = { provider: "github", providerId: "7" };
  const people = await Promise.all(
    ["new1", "new2"].map((id) =>
      accounts.people.byProvider(account, { ...somebody(id), email: "new@example.com" }),
    ),
  );
  const ids = people.map((person) => (person === "email_taken" ? person : person.id));
  expect(ids[0]).toBe(ids[1]);
});

test("a provider account whose address is taken leaves nothing behind", async () => {
  const account = { provider: "github", providerId: "8" };
  const fresh = { ...somebody("other"), email: "ada@example.com" };
  expect(await accounts.people.byProvider(account, fresh)).toBe("email_taken");
  expect(await accounts.people.byId("other")).toBeNull();
});

test("a session is active until its end, not after; a touch does not move the end", async () => {
  await startSession("s");
  await accounts.sessions.touch("s", NOW + 999);
  expect((await accounts.sessions.active("s", NOW + 999))?.person.id).toBe("ada");
  expect(await accounts.sessions.active("s", NOW + 1000)).toBeNull();
  expect(await accounts.sessions.active("nobody", NOW)).toBeNull();
});

test("revoking others leaves the named one and other people's alone, and names what it ended", async () => {
  for (const id of ["a", "b", "c"]) await startSession(id);
  await startSession("g", "grace");
  await accounts.sessions.revoke("c", NOW);
  expect(await accounts.sessions.revokeOthers("ada", "a", NOW)).toEqual(["b"]);
  expect((await accounts.sessions.list("ada", NOW)).map(({ id }) => id)).toEqual(["a"]);
  expect(await accounts.sessions.active("g", NOW)).not.toBeNull();
  expect(await accounts.sessions.revokeOthers("ada", null, NOW)).toEqual(["a"]);
});

test("disabling or deleting a person ends every session", async () => {
  const client = await openDatabase(url);
  await startSession("s");
  await client.execute("UPDATE people SET disabled_at = 1 WHERE id = 'ada'");
  expect(await accounts.sessions.active("s", NOW)).toBeNull();
  await client.execute("UPDATE people SET disabled_at = NULL WHERE id = 'ada'");
  expect(await accounts.sessions.active("s", NOW)).not.toBeNull();
  await client.execute("DELETE FROM people WHERE id = 'ada'");
  expect(await accounts.sessions.active("s", NOW)).toBeNull();
  client.close();
});

test("a mint is recorded for a living session only; a longer lease is never shortened", async () => {
  await startSession("s");
  expect(await accounts.mints.record("s", "general", NOW + 500, NOW)).toBe(true);
  expect(await accounts.mints.record("s", "general", NOW + 100, NOW)).toBe(true);
  expect(await accounts.mints.rooms("s", NOW + 400)).toEqual(["general"]);
  await accounts.sessions.revoke("s", NOW);
  expect(await accounts.mints.record("s", "founders", NOW + 500, NOW)).toBe(false);
  expect(await accounts.mints.rooms("s", NOW)).toEqual(["general"]);
});

test("people see public rooms and their own private ones", async () => {
  await startRoom("open");
  await startRoom("closed", "private");
  const seen = async (id: string) =>
    (await accounts.rooms.visibleTo(id, NOW)).map(({ room, role }) => `${room.id} ${role}`);
  expect(await seen("ada")).toEqual(["closed owner", "open owner"]);
  expect(await seen("grace")).toEqual(["open member"]);
  expect(await accounts.rooms.access("grace", "closed", NOW)).toBe("forbidden");
  expect(await accounts.rooms.access("grace", "nowhere", NOW)).toBe("not_found");
  await accounts.rooms.setMember("open", "grace", "reader", NOW);
  expect(await accounts.rooms.access("grace", "open", NOW)).toMatchObject({ role: "reader" });
});

test("a room is muted for one person, on all devices, until they say otherwise or it is gone", async () => {
  await startRoom("open");
  const muted = async (id: string) =>
    (await accounts.rooms.visibleTo(id, NOW)).map((access) => access.muted);
  expect(await muted("ada")).toEqual([false]);
  for (const _ of ["once", "again"]) await accounts.rooms.mute("ada", "open", true, NOW);
  expect(await muted("ada")).toEqual([true]);
  expect(await muted("grace")).toEqual([false]);
  expect(await accounts.rooms.access("ada", "open", NOW)).toMatchObject({ muted: true });
  expect(await accounts.rooms.access("grace", "open", NOW)).toMatchObject({ muted: false });
  for (const _ of ["once", "again"]) await accounts.rooms.mute("ada", "open", false, NOW);
  expect(await muted("ada")).toEqual([false]);
  await accounts.rooms.mute("ada", "nowhere", true, NOW);
  await accounts.rooms.mute("grace", "open", true, NOW);
  const client = await openDatabase(url);
  await client.execute("DELETE FROM people WHERE id = 'grace'");
  expect((await client.execute("SELECT * FROM mutes")).rows).toEqual([]);
  client.close();
});

test("a room's list names its members, without those whose account is disabled", async () => {
  await startRoom("closed", "private");
  await accounts.rooms.setMember("closed", "grace", "reader", NOW);
  const listed = async () =>
    (await accounts.rooms.members("closed")).map(({ id, role }) => `${id} ${role}`);
  expect(await listed()).toEqual(["ada owner", "grace reader"]);
  await accounts.people.disable("grace", NOW);
  expect(await listed()).toEqual(["ada owner"]);
  expect(await accounts.rooms.members("nowhere")).toEqual([]);
});

test("a room id is taken once, also by people who ask at once", async () => {
  const made = await Promise.all([startRoom("one"), startRoom("one"), startRoom("one")]);
  expect(made.sort()).toEqual(["conflict", "conflict", "created"]);
});

test("a room keeps its last owner, whether removed or made a member", async () => {
  await startRoom("one");
  expect(await accounts.rooms.removeMember("one", "ada")).toBe(false);
  expect(await accounts.rooms.setMember("one", "ada", "member", NOW)).toBe(false);
  expect(await accounts.rooms.memberRole("one", "ada")).toBe("owner");
  expect(await accounts.rooms.setMember("one", "grace", "owner", NOW)).toBe(true);
  expect(await accounts.rooms.removeMember("one", "ada")).toBe(true);
  expect(await accounts.rooms.removeMember("one", "grace")).toBe(false);
});

test("a counter is swapped only by whoever read it last", async () => {
  const first = { count: 1, since: NOW, blockedUntil: 0 };
  const second = { ...first, count: 2, blockedUntil: NOW + 0.5 };
  expect(await accounts.throttle.swap("k", null, first)).toBe(true);
  expect(await accounts.throttle.swap("k", null, second)).toBe(false);
  expect(await accounts.throttle.swap("k", first, second)).toBe(true);
  expect(await accounts.throttle.swap("k", first, second)).toBe(false);
  expect(await accounts.throttle.get("k")).toEqual(second);
  await accounts.throttle.clear("k");
  expect(await accounts.throttle.get("k")).toBeNull();
});

test("text from people is data: quotes, NUL and statements change nothing", async () => {
  const evil = "x'; DROP TABLE people; --";
  expect(await accounts.people.byId(evil)).toBeNull();
  expect(await accounts.rooms.access(evil, evil, NOW)).toBe("not_found");
  expect(await accounts.throttle.swap(evil, null, { count: 1, since: 1, blockedUntil: 0 })).toBe(
    true,
  );
  expect((await accounts.people.byId("ada"))?.id).toBe("ada");
});
