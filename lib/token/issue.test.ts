import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Accounts, AccountsUnavailable } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { Refusal } from "../api/errors";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { issueToken, readOrder } from "./issue";

const NOW = 1_700_000_000_000;
const env = parseServerEnv(validEnvironment());
let accounts: Accounts;
let remove: () => void;
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  for (const id of ["ada", "grace"]) {
    await accounts.people.create(somebody(id));
    const session = {
      id: `sid-${id}`,
      userId: id,
      createdAt: NOW,
      expiresAt: NOW + 1e9,
      device: "",
    };
    await accounts.sessions.create(session);
  }
  const room = { name: "R", topic: null, createdAt: NOW };
  await accounts.rooms.create({ ...room, id: "open", visibility: "public" }, "ada");
  await accounts.rooms.create({ ...room, id: "closed", visibility: "private" }, "ada");
});
afterEach(() => remove());

const bearer = (id: string) => ({
  id,
  name: id,
  picture: null,
  sessionId: `sid-${id}`,
  sessionExpiresAt: NOW + 1e9,
});
const issue = (id: string, room: string, now = NOW, environment = env) =>
  issueToken({ room, use: "connect" }, bearer(id), { accounts, env: environment, now });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "issued",
    (error: unknown) => (error instanceof Refusal ? error.code : "other"),
  );

test("rights come from the database: owner, visitor of a public room, stranger to a private one", async () => {
  const role = async (id: string, room: string) => decodeJwt((await issue(id, room)).token).role;
  expect(await role("ada", "open")).toBe("owner");
  expect(await role("grace", "open")).toBe("member");
  expect(await codeOf(issue("grace", "closed"))).toBe("forbidden");
  expect(await codeOf(issue("grace", "nowhere"))).toBe("not_found");
  await accounts.rooms.setMember("closed", "grace", "reader", NOW);
  expect(await role("grace", "closed")).toBe("reader");
});

test("a mint is on record before the token leaves, for as long as anything of it may be open", async () => {
  await issue("ada", "open");
  expect(await accounts.mints.rooms("sid-ada", NOW + 480_000)).toEqual(["open"]);
  expect(await accounts.mints.rooms("sid-ada", NOW + 490_001)).toEqual([]);
});

test("a session revoked between the check and the mint gets nothing, and leaves no record", async () => {
  await accounts.sessions.revoke("sid-ada", NOW);
  expect(await codeOf(issue("ada", "open"))).toBe("signed_out");
  expect(await accounts.mints.rooms("sid-ada", NOW)).toEqual([]);
});

test("no token is minted that would be over on arrival: the last part of a second is the end", async () => {
  const user = { ...bearer("ada"), sessionExpiresAt: NOW + 5_900 };
  const at = (now: number) =>
    codeOf(issueToken({ room: "open", use: "connect" }, user, { accounts, env, now }));
  expect(await at(NOW + 4_999)).toBe("issued");
  expect(await at(NOW + 5_000)).toBe("signed_out");
});

test("after the burst the wait is told, and another person does not wait", async () => {
  const slow = parseServerEnv(validEnvironment({ LIMIT_TOKENS_PER_MINUTE: "6" }));
  for (let i = 0; i < 3; i++) expect(await codeOf(issue("ada", "open", NOW, slow))).toBe("issued");
  await expect(issue("ada", "open", NOW, slow)).rejects.toMatchObject({
    code: "rate_limited",
    details: { retryAfterMs: 10_000 },
  });
  expect(await codeOf(issue("grace", "open", NOW, slow))).toBe("issued");
  expect(await codeOf(issue("ada", "open", NOW + 10_000, slow))).toBe("issued");
});

test("asking for rooms that do not exist counts too", async () => {
  const slow = parseServerEnv(validEnvironment({ LIMIT_TOKENS_PER_MINUTE: "6" }));
  for (let i = 0; i < 3; i++)
    expect(await codeOf(issue("ada", `no-${i}`, NOW, slow))).toBe("not_found");
  expect(await codeOf(issue("ada", "no-4", NOW, slow))).toBe("rate_limited");
});

test("a database that is down mints nothing", async () => {
  const broken = {
    ...accounts,
    mints: { ...accounts.mints, record: () => Promise.reject(new AccountsUnavailable()) },
  };
  const context = { accounts: broken, env, now: NOW };
  await expect(
    issueToken({ room: "open", use: "connect" }, bearer("ada"), context),
  ).rejects.toThrow(AccountsUnavailable);
});

test("identity, role and times in the request are not looked at", () => {
  const given = { room: "open", use: "refresh", sub: "grace", role: "owner", exp: 9e9 };
  expect(readOrder(given)).toEqual({ room: "open", use: "refresh" });
});

test.each([
  {},
  { room: "open" },
  { use: "connect" },
  { room: "open", use: "server" },
  { room: "Open", use: "connect" },
  { room: "__proto__", use: "connect" },
  { room: "a/b", use: "connect" },
  { room: "r".repeat(65), use: "connect" },
  { room: ["open"], use: "connect" },
  { room: "open\n", use: "connect" },
])("the order %j is refused", (given) => {
  expect(() => readOrder(given)).toThrow(Refusal);
});
