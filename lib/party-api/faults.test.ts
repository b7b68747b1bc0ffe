import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { temporaryAccounts } from "../accounts/testing";
import type * as serverEnvModule from "../env/server";
import { validEnvironment } from "../env/testing";
import { selfSigned, unknownHost } from "../../scripts/lib/testing/bad-hosts.mjs";
import { partyIsUp } from "./request";
import { revokeSession } from "./revoke";
import { roomSummary } from "./rooms";

/** Where the party would be: an address that a deployment may have, and this machine has not. */
let partyAt = "";
vi.mock("../env/server", async (original) => {
  const real = await original<typeof serverEnvModule>();
  return {
    ...real,
    serverEnv: () => ({ ...real.serverEnv(), party: { ...real.serverEnv().party, http: partyAt } }),
  };
});

const shared = globalThis as { guestlistAccounts?: Accounts };
const undo: (() => unknown)[] = [];
beforeEach(async () => {
  for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
  const { accounts, remove } = await temporaryAccounts();
  shared.guestlistAccounts = accounts;
  undo.push(remove);
});
afterEach(async () => {
  delete shared.guestlistAccounts;
  vi.unstubAllEnvs();
  for (const one of undo.splice(0)) await one();
});

/** Nothing rejects, nothing hangs, and a room that was not told is named so that it is told again. */
async function expectSilence(): Promise<void> {
  expect(await partyIsUp(1_500)).toBe(false);
  expect(await roomSummary("general", { user: "ada" })).toBeNull();
  expect(await revokeSession(["general"], "sid", "signed_out")).toEqual(["general"]);
}

it("a party whose name nobody knows is silent to the app", async () => {
  partyAt = `https://${unknownHost}`;
  await expectSilence();
});

it("a party whose certificate nobody signed is told nothing, no token either", async () => {
  const host = await selfSigned((_request, response) => response.end('{"ok":true}'));
  undo.push(host.stop);
  partyAt = `https://localhost:${host.port}`;
  await expectSilence();
  expect(host.asked()).toBe(0);
});

it.each([
  ["hangs up", (server: Server) => server.on("connection", (socket) => socket.destroy())],
  ["says nothing", (server: Server) => server.on("connection", () => undefined)],
  ["speaks no HTTP", (server: Server) => server.on("connection", (s) => void s.end("hello\r\n"))],
])("a party that %s is silent to the app", async (_, behave) => {
  const server = behave(createServer()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  undo.push(() => server.close());
  partyAt = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expectSilence();
});
