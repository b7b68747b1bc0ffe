import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { validEnvironment } from "../env/testing";
import { callParty } from "./request";
import { changeRole, revokeSession, revokeUser } from "./revoke";

// Its tokens are signed by the platform's own clockwork, which a false clock does not wind.
vi.mock("./request", () => ({ callParty: vi.fn() }));

let told: { room: string; body: Record<string, string> }[];
let down: Set<string>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
  told = [];
  down = new Set();
  vi.mocked(callParty).mockImplementation(async (room, _, { body }) => {
    told.push({ room, body: body as Record<string, string> });
    return down.has(room) ? null : {};
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const timesTold = (room: string) => told.filter((one) => one.room === room).length;
const logged = () => vi.mocked(console.info).mock.calls.map(([line]) => JSON.parse(String(line)));

test("a room that did not hear of a revocation is told again until it has, and only it", async () => {
  down.add("silent");
  expect(await revokeSession(["heard", "silent"], "s1", "signed_out")).toEqual(["silent"]);
  await vi.advanceTimersByTimeAsync(10_000);
  const before = timesTold("silent");
  expect(before).toBeGreaterThanOrEqual(4);
  expect(before).toBeLessThanOrEqual(8);
  down.clear();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(timesTold("silent")).toBe(before + 1);
  expect(told.at(-1)?.body).toEqual({ sid: "s1", reason: "signed_out" });
  await vi.advanceTimersByTimeAsync(600_000);
  expect([timesTold("heard"), timesTold("silent")]).toEqual([1, before + 1]);
  expect(logged()).toMatchObject([
    { event: "revocation_unconfirmed", rooms: 1 },
    { event: "revocation_confirmed_late", room: "silent", tries: before },
  ]);
});

test("rooms past what is waited for at once are not told again, and the log says how many", async () => {
  const rooms = Array.from({ length: 1_003 }, (_, i) => `room-${i}`);
  for (const room of rooms) down.add(room);
  await revokeSession(rooms, "s1", "signed_out");
  expect(logged()).toEqual([
    expect.objectContaining({ event: "revocation_unconfirmed", rooms: 1_003 }),
    expect.objectContaining({ event: "revocation_not_insisted", rooms: 3 }),
  ]);
  down.clear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([timesTold("room-999"), timesTold("room-1000")]).toEqual([2, 1]);
});

test("it is given up once everything that was open must have ended by itself", async () => {
  down.add("gone");
  await revokeSession(["gone"], "s1", "signed_out");
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  const tries = timesTold("gone");
  expect(logged().at(-1)).toMatchObject({ event: "revocation_given_up", room: "gone" });
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  expect(timesTold("gone")).toBe(tries);
});

test("somebody who was let in again meanwhile is left alone", async () => {
  down.add("club");
  let out = true;
  await revokeUser("club", "bo", "removed", async () => out);
  out = false;
  down.clear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(timesTold("club")).toBe(1);
});

test("a database that cannot tell is no reason to leave somebody in", async () => {
  down.add("club");
  await revokeUser("club", "bo", "removed", () => Promise.reject(new Error("locked")));
  down.clear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(timesTold("club")).toBe(2);
});

test("a role that is told late is the role of then, not the one of before", async () => {
  down.add("club");
  await changeRole("club", "bo", "reader", async () => "moderator");
  down.clear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.map(({ body }) => body.role)).toEqual(["reader", "moderator"]);
});
