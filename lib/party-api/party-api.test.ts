import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { validEnvironment } from "../env/testing";
import { partyIsUp } from "./request";
import { revokeSession } from "./revoke";
import { roomsFor, roomSummary } from "./rooms";

interface Call {
  url: string;
  init: RequestInit & { headers: Record<string, string> };
}
let calls: Call[];
let answerWith: (call: Call) => Response | Promise<Response>;
let accounts: Accounts;
let remove: () => void;

const shared = globalThis as { guestlistAccounts?: Accounts; guestlistSummaries?: unknown };
beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  shared.guestlistAccounts = accounts;
  for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
  calls = [];
  vi.stubGlobal("fetch", async (url: string, init: Call["init"]) => {
    calls.push({ url, init });
    return answerWith({ url, init });
  });
});
afterEach(() => {
  delete shared.guestlistAccounts;
  delete shared.guestlistSummaries;
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  remove();
});

const summary = { room: "general", people: 2, connections: 3, epoch: "e1", seq: 9, readSeq: 4 };
/** A party that never answers, as fetch shows it: it ends when the signal says so. */
const silence = ({ init }: Call): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });

test("a call carries a fresh server token of that room in the header, and nothing secret in the address", async () => {
  answerWith = () => Response.json(summary);
  await roomSummary("general", { user: "ada & co" });
  await roomSummary("general", { user: "ada & co" });
  expect(calls[0]?.url).toBe("http://127.0.0.1:1999/parties/main/general?user=ada+%26+co");
  const tokens = calls.map(({ init }) => init.headers.authorization?.replace(/^Bearer /, "") ?? "");
  expect(decodeJwt(tokens[0] ?? "")).toMatchObject({ use: "server", room: "general" });
  expect(tokens[0]).not.toBe(tokens[1]);
  expect(calls[0]?.init).toMatchObject({ redirect: "error", cache: "no-store" });
});

test.each([
  ["an error status", () => new Response("{}", { status: 503 })],
  ["no JSON", () => new Response("<html>")],
  ["another shape", () => Response.json({ people: "many" })],
  ["a negative count", () => Response.json({ ...summary, people: -1 })],
  ["a broken line", () => Promise.reject(new TypeError("fetch failed"))],
])("%s is no summary", async (_, reply) => {
  answerWith = reply;
  expect(await roomSummary("general", { user: "ada" })).toBeNull();
});

test("a name that is no room id makes no call", async () => {
  expect(await roomSummary("../../health?x=", { user: "ada" })).toBeNull();
  expect(calls).toEqual([]);
});

test("the list has people now and unread, or null where the party did not say", async () => {
  await accounts.people.create(somebody("ada"));
  for (const id of ["general", "silent", "unread-unknown"]) {
    const room = { id, name: id, topic: null, visibility: "public", createdAt: 1 } as const;
    await accounts.rooms.create(room, "ada");
  }
  answerWith = ({ url }) => {
    if (url.includes("silent")) return new Response(null, { status: 500 });
    const { readSeq: _, ...rest } = summary;
    return Response.json(url.includes("unread-unknown") ? rest : summary);
  };
  const list = await roomsFor("ada");
  expect(list.map(({ id, people, unread }) => [id, people, unread])).toEqual([
    ["general", 2, 5],
    ["silent", null, null],
    ["unread-unknown", 2, null],
  ]);
});

test("a list of many rooms asks a few at a time, and ends in time where the party is silent", async () => {
  await accounts.people.create(somebody("ada"));
  for (let n = 0; n < 40; n++) {
    const id = `room-${n}`;
    const room = { id, name: id, topic: null, visibility: "public", createdAt: 1 } as const;
    await accounts.rooms.create(room, "ada");
  }
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() =>
    AbortSignal.abort(new DOMException("late", "TimeoutError")),
  );
  let open = 0;
  let most = 0;
  answerWith = async () => {
    most = Math.max(most, ++open);
    await Promise.resolve();
    open--;
    throw new DOMException("late", "TimeoutError");
  };
  const list = await roomsFor("ada");
  expect(list.map(({ people, unread, mentions }) => people ?? unread ?? mentions)).toEqual(
    Array.from({ length: 40 }, () => null),
  );
  expect(most).toBeLessThanOrEqual(16);
  // Whom nobody answers is not asked about every room.
  expect(calls.length).toBeLessThan(40);
});

test("a room one has muted says so, and mentions are counted", async () => {
  await accounts.people.create(somebody("ada"));
  const room = { id: "r", name: "r", topic: null, visibility: "public", createdAt: 1 } as const;
  await accounts.rooms.create(room, "ada");
  await accounts.rooms.mute("ada", "r", true, 1);
  answerWith = () => Response.json({ ...summary, mentions: 3 });
  expect(await roomsFor("ada")).toMatchObject([{ muted: true, unread: 5, mentions: 3 }]);
});

test("rooms that do not confirm a revocation are named; the others are told all the same", async () => {
  answerWith = ({ url }) =>
    url.includes("broken")
      ? new Response(null, { status: 500 })
      : new Response(null, { status: 204 });
  expect(await revokeSession(["a", "broken", "c"], "sid-1", "signed_out")).toEqual(["broken"]);
  expect(calls.map(({ url }) => new URL(url).pathname).sort()).toEqual([
    "/parties/main/a/revoke",
    "/parties/main/broken/revoke",
    "/parties/main/c/revoke",
  ]);
  expect(calls[0]?.init.body).toBe('{"sid":"sid-1","reason":"signed_out"}');
});

test("a party that does not answer is given up: neither health nor revocation hangs", async () => {
  const limits: number[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    limits.push(ms);
    return AbortSignal.abort(new DOMException("late", "TimeoutError"));
  });
  answerWith = (call) =>
    call.init.signal?.aborted ? Promise.reject(call.init.signal.reason) : silence(call);
  expect(await partyIsUp(1_500)).toBe(false);
  expect(await revokeSession(["a"], "sid", "signed_out")).toEqual(["a"]);
  expect(Math.max(...limits)).toBeLessThanOrEqual(2_000);
});
