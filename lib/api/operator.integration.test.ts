import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestParty, type TestParty } from "../../party/testing/kit";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { validEnvironment } from "../env/testing";
import { operate } from "./operator";

let party: TestParty;
let accounts: Accounts;
let remove: () => void;
beforeAll(async () => {
  party = await startTestParty();
  const environment = validEnvironment({
    PARTY_HOST: `127.0.0.1:${party.port}`,
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(party.keys.privateJwk),
  });
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(() => party.stop());
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

/** Somebody with an account, a login session and an open socket in a room. */
async function here(id: string, room: string) {
  const [sid, now] = [`session-of-${id}`, Date.now()];
  await accounts.people.create(somebody(id));
  const session = { id: sid, userId: id, createdAt: now, expiresAt: now + 1e7, device: "" };
  await accounts.sessions.create(session);
  await accounts.mints.record(sid, room, now + 300_000, now);
  const { client } = await party.enter(id, { room });
  return client;
}
const order = (operation: Parameters<typeof operate>[0], ...words: string[]) =>
  operate(operation, words, { accounts, now: Date.now() });

it("an end of all sessions closes the sockets of everybody, in every room", async () => {
  const clients = await Promise.all([here("ada", "one"), here("grace", "two")]);
  await expect(order("end-all-sessions")).rejects.toThrow("add --yes");
  expect(await order("end-all-sessions", "--yes")).toMatch(/^2 login sessions/);
  for (const client of clients) expect(await client.closed).toMatchObject({ code: 4410 });
  expect(await accounts.sessions.list("ada", Date.now())).toEqual([]);
});

it("a person who is disabled is out at once, and the others stay", async () => {
  const [linus, ada] = await Promise.all([here("linus", "three"), here("ada", "three")]);
  await order("disable", "linus@example.com");
  expect(await linus.closed).toMatchObject({ code: 4410 });
  await ada.caughtUp();
  expect(await order("show", "linus@example.com")).toContain("disabled since");
});

it("a ban from beside the database holds at the door, until it is taken back", async () => {
  const grace = await here("grace", "four");
  const room = { id: "four", name: "Four", topic: null, visibility: "public" } as const;
  await accounts.rooms.create({ ...room, createdAt: Date.now() }, "grace");
  await order("ban", "grace@example.com", "four");
  expect(await grace.closed).toMatchObject({ code: 4403 });
  const again = party.dial(await party.mint("grace", { room: "four" }), "four");
  expect(await again.closed).toMatchObject({ code: 4403 });
  await order("unban", "grace@example.com", "four");
  await party.enter("grace", { room: "four" });
});
