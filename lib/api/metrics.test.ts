import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { temporaryAccounts } from "../accounts/testing";
import { countAttempt, windowRule } from "../auth/throttle";
import { counted } from "../token/issue";
import { Refusal } from "./errors";
import { metricsAnswer } from "./metrics";
import { createQueue } from "./queue";
import { route } from "./route";

const SECRET = "kq3vQ8mT1yR6wB9nL4xC7dF2hJ5sG0pA-uE";
const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` });
const lines = async () => (await metricsAnswer(bearer(SECRET), SECRET).text()).split("\n");

beforeEach(() => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  delete (globalThis as { guestlistCounts?: unknown }).guestlistCounts;
});
afterEach(() => vi.restoreAllMocks());

test("nobody reads the metrics without their secret, and without one there is no such address", () => {
  const refusal = (headers: Headers, secret: string | null) => {
    try {
      metricsAnswer(headers, secret);
      return "told";
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  expect(refusal(bearer(SECRET), null)).toBe("not_found");
  expect(refusal(new Headers(), SECRET)).toBe("unauthorized");
  expect(refusal(bearer(`${SECRET}x`), SECRET)).toBe("unauthorized");
  expect(refusal(new Headers({ authorization: `Basic ${SECRET}` }), SECRET)).toBe("unauthorized");
  expect(refusal(bearer(SECRET), SECRET)).toBe("told");
});

test("answers are counted by area and status, and never by what an address names", async () => {
  const handler = route((request) =>
    request.url.includes("secret-room")
      ? Promise.reject(new Refusal("forbidden"))
      : Promise.resolve(new Response()),
  );
  const get = (path: string) => handler(new Request(`http://localhost:3000${path}`));
  await get("/api/rooms");
  await get("/api/rooms");
  await get("/api/rooms/secret-room/members");
  await get("/api/secret-room");
  const text = await lines();
  expect(text).toContain('guestlist_http_requests_total{area="rooms",status="200"} 2');
  expect(text).toContain('guestlist_http_requests_total{area="rooms",status="403"} 1');
  expect(text).toContain('guestlist_http_requests_total{area="other",status="403"} 1');
  expect(text).toContain('guestlist_http_request_seconds_count{area="rooms"} 3');
  expect(text.join("\n")).not.toContain("secret-room");
});

test("tokens are counted as minted or by the code of their refusal", async () => {
  const order = { room: "general", use: "refresh" } as const;
  const minted = { token: "t", expiresInMs: 1, leaseMs: 1, sessionExpiresInMs: 1 };
  await counted(order, async () => minted);
  await counted(order, () => Promise.reject(new Refusal("rate_limited"))).catch(() => undefined);
  const text = await lines();
  expect(text).toContain('guestlist_tokens_total{use="refresh",outcome="minted"} 1');
  expect(text).toContain('guestlist_tokens_total{use="refresh",outcome="rate_limited"} 1');
});

test("a limit that is met is counted by its name, and the database's time by outcome", async () => {
  const { accounts, remove } = await temporaryAccounts();
  const attempt = () =>
    countAttempt(accounts.throttle, "up:203.0.113.7", windowRule(1, 60_000), 1_000_000);
  await attempt();
  expect(await attempt()).toMatchObject({ waitMs: 60_000 });
  remove();
  const text = await lines();
  expect(text).toContain('guestlist_throttle_hits_total{limit="sign_up"} 1');
  expect(text.find((line) => line.startsWith("guestlist_database_seconds_count"))).toMatch(
    /^guestlist_database_seconds_count\{outcome="ok"\} [1-9]/,
  );
  expect(text.join("\n")).not.toContain("203.0.113.7");
});

test("waits in a queue are counted, and who was refused a place", async () => {
  const run = createQueue({ name: "door", atOnce: 1, waiting: 1 });
  let open = () => {};
  const first = run(() => new Promise<void>((resolve) => (open = resolve)));
  const second = run(async () => undefined);
  await expect(run(async () => undefined)).rejects.toThrow();
  open();
  await Promise.all([first, second]);
  const text = await lines();
  expect(text).toContain('guestlist_queue_wait_seconds_count{queue="door"} 2');
  expect(text).toContain('guestlist_queue_refused_total{queue="door"} 1');
});

test("buckets of a histogram add up, as Prometheus wants them", async () => {
  const { observe } = await import("../observe/metrics");
  for (const ms of [0, 3, 40, 20_000]) observe("guestlist_database_seconds", { outcome: "ok" }, ms);
  const text = await lines();
  const bucket = (le: string) =>
    text.find((line) =>
      line.includes(`guestlist_database_seconds_bucket{outcome="ok",le="${le}"}`),
    );
  expect(bucket("0.001")).toMatch(/ 1$/);
  expect(bucket("0.005")).toMatch(/ 2$/);
  expect(bucket("0.05")).toMatch(/ 3$/);
  expect(bucket("10")).toMatch(/ 3$/);
  expect(bucket("+Inf")).toMatch(/ 4$/);
  expect(text).toContain('guestlist_database_seconds_sum{outcome="ok"} 20.043');
});

test("the process tells its memory and how late its event loop is", async () => {
  const text = await lines();
  const value = (name: string) =>
    Number(text.find((line) => line.startsWith(`${name} `))?.split(" ")[1]);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  for (const which of ["mean", "p99", "max"]) {
    expect(value(`nodejs_eventloop_lag_${which}_seconds`)).toBeGreaterThanOrEqual(0);
  }
});
