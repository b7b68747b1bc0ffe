import { afterEach, beforeEach, expect, test } from "vitest";
import type { Accounts } from "./port";
import { somebody, temporaryAccounts } from "./testing";

const NOW = 1_700_000_000_000;
let accounts: Accounts;
let remove: () => void;
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  for (const id of ["ada", "bo", "cy"]) {
    await accounts.people.create(somebody(id, { passwordHash: `hash-of-${id}` }));
  }
  for (const [sid, userId] of [
    ["here", "ada"],
    ["there", "ada"],
    ["bos", "bo"],
  ] as const) {
    expect(await signIn(sid, userId)).toBe(true);
    await accounts.mints.record(sid, "general", NOW + 60_000, NOW);
  }
  await accounts.mints.record("there", "engineering", NOW + 60_000, NOW);
  await accounts.mints.record("there", "long-ago", NOW - 1, NOW);
});
afterEach(() => remove());

const signIn = (id: string, userId: string, provenHash?: string) =>
  accounts.sessions.create(
    { id, userId, createdAt: NOW, expiresAt: NOW + 3_600_000, device: "Browser" },
    provenHash,
  );
const isActive = async (sid: string) => (await accounts.sessions.active(sid, NOW)) !== null;
const change = (before: string, after = "new-hash") =>
  accounts.people.changePassword("ada", { before, after, keepSession: "here" }, NOW);
const rolesIn = async (room: string) =>
  Promise.all(["ada", "bo", "cy"].map((id) => accounts.rooms.memberRole(room, id)));
const makeRoom = (id: string, visibility: "public" | "private" = "private") =>
  accounts.rooms.create({ id, name: id, topic: null, visibility, createdAt: NOW }, "ada");

const THERE = [
  { sessionId: "there", room: "engineering" },
  { sessionId: "there", room: "general" },
];
const sorted = (leases: { sessionId: string; room: string }[] | null) =>
  leases?.toSorted((a, b) => `${a.sessionId} ${a.room}`.localeCompare(`${b.sessionId} ${b.room}`));

test("a new password ends all other sessions and tells where they may hold leases", async () => {
  expect(sorted(await change("hash-of-ada"))).toEqual(THERE);
  expect(await Promise.all(["here", "there", "bos"].map(isActive))).toEqual([true, false, true]);
  expect(await accounts.mints.record("there", "general", NOW + 60_000, NOW)).toBe(false);
  expect(await accounts.mints.record("here", "general", NOW + 60_000, NOW)).toBe(true);
});

test("of two changes at once that knew the same password one is made, and it alone ends sessions", async () => {
  const [one, two] = await Promise.all([change("hash-of-ada", "x"), change("hash-of-ada", "y")]);
  expect([one, two].filter((leases) => leases !== null)).toHaveLength(1);
});

test("a change that knew another password changes nothing and ends nothing", async () => {
  expect(await change("older-hash")).toBeNull();
  expect((await accounts.people.byId("ada"))?.passwordHash).toBe("hash-of-ada");
  expect(await isActive("there")).toBe(true);
});

test("a sign-in that proved the old password is too late after the change", async () => {
  await change("hash-of-ada");
  expect(await signIn("late", "ada", "hash-of-ada")).toBe(false);
  expect(await signIn("new", "ada", "new-hash")).toBe(true);
});

test("a stronger hash of the old password does not undo a change", async () => {
  await change("hash-of-ada");
  expect(await accounts.people.upgradePasswordHash("ada", "hash-of-ada", "stronger")).toBe(false);
  expect((await accounts.people.byId("ada"))?.passwordHash).toBe("new-hash");
});

test("somebody disabled has no session, gets none, and signs in anew when enabled", async () => {
  const leases = await accounts.people.disable("ada", NOW);
  expect(sorted(leases)).toEqual([{ sessionId: "here", room: "general" }, ...THERE]);
  expect(await Promise.all(["here", "there", "bos"].map(isActive))).toEqual([false, false, true]);
  expect(await signIn("again", "ada")).toBe(false);
  expect(await accounts.people.enable("ada")).toBe(true);
  expect(await isActive("here")).toBe(false);
  expect(await signIn("again", "ada")).toBe(true);
  expect(await accounts.people.disable("nobody", NOW)).toBeNull();
  expect(await accounts.people.enable("nobody")).toBe(false);
});

test("somebody deleted leaves nothing of an account, and the address is free", async () => {
  const account = { provider: "github", providerId: "7" };
  await accounts.people.remove("cy", NOW);
  const cy = { ...somebody("cy2"), email: "cy@example.com" };
  expect(await accounts.people.byProvider(account, cy)).toMatchObject({ id: "cy2" });
  expect(await accounts.people.remove("cy2", NOW)).not.toBeNull();
  expect(await accounts.people.byProvider(account, { ...cy, id: "cy3" })).toMatchObject({
    id: "cy3",
  });

  const removed = await accounts.people.remove("ada", NOW);
  expect(sorted(removed?.leases ?? null)).toEqual([
    { sessionId: "here", room: "general" },
    ...THERE,
  ]);
  expect(await accounts.people.byEmail("ada@example.com")).toBeNull();
  expect(await isActive("here")).toBe(false);
  expect(await signIn("again", "ada")).toBe(false);
  expect(await accounts.mints.record("here", "general", NOW + 60_000, NOW)).toBe(false);
  expect(await accounts.mints.rooms("there", NOW)).toEqual([]);
  expect(await accounts.people.remove("ada", NOW)).toBeNull();
  expect(await accounts.mints.rooms("bos", NOW)).toEqual(["general"]);
});

test("a room owned alone passes to the longest-serving of the highest role left", async () => {
  await makeRoom("moderated");
  await accounts.rooms.setMember("moderated", "bo", "member", NOW + 1);
  await accounts.rooms.setMember("moderated", "cy", "moderator", NOW + 2);
  await makeRoom("equals");
  await accounts.rooms.setMember("equals", "cy", "member", NOW + 1);
  await accounts.rooms.setMember("equals", "bo", "member", NOW + 2);
  await makeRoom("shared");
  await accounts.rooms.setMember("shared", "bo", "owner", NOW);
  await accounts.rooms.setMember("shared", "cy", "moderator", NOW);
  await makeRoom("alone");
  await makeRoom("open", "public");

  const removed = await accounts.people.remove("ada", NOW);
  const heirs = removed?.heirs.toSorted((a, b) => a.room.localeCompare(b.room));
  expect(heirs).toEqual([
    { room: "equals", userId: "cy" },
    { room: "moderated", userId: "cy" },
  ]);
  expect(removed?.emptied).toEqual(["alone"]);
  expect(await rolesIn("moderated")).toEqual([null, "member", "owner"]);
  expect(await rolesIn("shared")).toEqual([null, "owner", "moderator"]);
  // Its name stays taken, so nobody makes a room of that name and finds its history.
  expect(await accounts.rooms.access("bo", "alone", NOW)).toBe("forbidden");
});
