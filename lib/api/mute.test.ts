import { afterEach, beforeEach, expect, test } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { Refusal } from "./errors";
import { isMuted, setMuted } from "./mute";

const NOW = 1_700_000_000_000;
let accounts: Accounts;
let remove: () => void;

beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  for (const id of ["ada", "grace"]) await accounts.people.create(somebody(id));
  for (const visibility of ["public", "private"] as const) {
    const room = { id: visibility, name: visibility, topic: null, visibility, createdAt: 1 };
    await accounts.rooms.create(room, "ada");
  }
});
afterEach(() => remove());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test("one mutes a room for oneself, and takes it back", async () => {
  await setMuted(accounts, "grace", "public", true, NOW);
  expect(await isMuted(accounts, "grace", "public")).toBe(true);
  expect(await isMuted(accounts, "ada", "public")).toBe(false);
  await setMuted(accounts, "grace", "public", false, NOW);
  expect(await isMuted(accounts, "grace", "public")).toBe(false);
});

test.each([
  ["private", "forbidden"],
  ["nowhere", "not_found"],
  ["../public", "not_found"],
])("a room one may not enter can be neither asked about nor muted: %s", async (room, code) => {
  expect(await codeOf(isMuted(accounts, "grace", room))).toBe(code);
  expect(await codeOf(setMuted(accounts, "grace", room, true, NOW))).toBe(code);
});

test("who changes their mind without end is asked to wait", async () => {
  const codes = new Set<string>();
  for (let time = 0; time < 61; time++) {
    codes.add(await codeOf(setMuted(accounts, "ada", "public", time % 2 === 0, NOW)));
  }
  expect([...codes]).toEqual(["done", "rate_limited"]);
});
