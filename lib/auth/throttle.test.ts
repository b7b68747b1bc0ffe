import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Accounts, ThrottleState } from "../accounts/port";
import { temporaryAccounts } from "../accounts/testing";
import {
  accountRule,
  addressRule,
  attempt,
  countAttempt,
  giveBack,
  returnAttempt,
  windowRule,
} from "./throttle";

const T0 = 1_700_000_000_000;
const MINUTE = 60_000;
const rule = accountRule(10);

/** Failures one after another at a time; the last state, or the wait of the first refusal. */
function fail(times: number, state: ThrottleState | null, now: number) {
  for (let i = 0; i < times; i++) {
    const result = attempt(rule, state, now);
    if (!result.ok) return { state, refusedAfter: i, waitMs: result.waitMs };
    state = result.next;
  }
  return { state, refusedAfter: null, waitMs: 0 };
}

test("ten failures are free, the eleventh attempt waits 30 seconds", () => {
  expect(fail(11, null, T0)).toMatchObject({ refusedAfter: 10, waitMs: 30_000 });
});

test("each further failure doubles the wait, up to 15 minutes", () => {
  let { state } = fail(10, null, T0);
  let now = T0;
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    const refused = attempt(rule, state, now);
    if (refused.ok) throw new Error("not refused");
    waits.push(refused.waitMs / 1000);
    now += refused.waitMs;
    ({ state } = fail(1, state, now));
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
});

test("nine failures are forgotten a window after the first", () => {
  const { state } = fail(9, null, T0);
  expect(fail(11, state, T0 + 15 * MINUTE)).toMatchObject({ refusedAfter: 10 });
});

test("sitting out a wait does not give ten new tries", () => {
  const { state } = fail(10, null, T0);
  expect(fail(5, state, T0 + 30_000)).toMatchObject({ refusedAfter: 1, waitMs: 60_000 });
});

test("an attempt that is given back never happened", () => {
  const { state } = fail(10, null, T0);
  const returned = giveBack(rule, state as ThrottleState);
  expect(fail(5, returned, T0)).toMatchObject({ refusedAfter: 1 });
});

test("a clock set back does not lock anybody out", () => {
  const { state } = fail(10, null, T0 + 86_400_000);
  expect(attempt(rule, state, T0).ok).toBe(true);
});

test("a counted window refuses until its own end and then starts anew", () => {
  const hour = windowRule(20, 60 * MINUTE);
  let state: ThrottleState | null = null;
  for (let i = 0; i < 20; i++) {
    const result = attempt(hour, state, T0 + i * MINUTE);
    if (!result.ok) throw new Error("refused early");
    state = result.next;
  }
  expect(attempt(hour, state, T0 + 20 * MINUTE)).toEqual({ ok: false, waitMs: 40 * MINUTE });
  expect(attempt(hour, state, T0 + 60 * MINUTE)).toMatchObject({ ok: true, next: { count: 1 } });
});

test("where addresses are unknown, strangers cannot make everybody wait for long", () => {
  let state: ThrottleState | null = null;
  let longest = 0;
  for (let i = 0, now = T0; i < 300; i++) {
    const result = attempt(addressRule(10, false), state, now);
    if (result.ok) state = result.next;
    else now += longest = Math.max(longest, result.waitMs);
  }
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThanOrEqual(8_000);
});

test("no wait is ever negative or longer than the longest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 * MINUTE }), { maxLength: 60 }), (gaps) => {
      let state: ThrottleState | null = null;
      let now = T0;
      for (const gap of gaps) {
        now += gap;
        const result = attempt(rule, state, now);
        if (result.ok) state = result.next;
        else expect(result.waitMs > 0 && result.waitMs <= 15 * MINUTE).toBe(true);
      }
    }),
  );
});

let accounts: Accounts;
let remove: () => void;
beforeAll(async () => ({ accounts, remove } = await temporaryAccounts()));
afterAll(() => remove());

test("of fifty attempts at once on the stored counter, ten go on", async () => {
  const attempts = Array.from({ length: 50 }, () =>
    countAttempt(accounts.throttle, "many", rule, T0),
  );
  const waits = await Promise.all(attempts);
  expect(waits.filter((wait) => wait === null)).toHaveLength(10);
});

test("attempts given back at once are all given back", async () => {
  const store = accounts.throttle;
  for (let i = 0; i < 8; i++) await countAttempt(store, "back", rule, T0);
  await Promise.all(Array.from({ length: 5 }, () => returnAttempt(store, "back", rule)));
  expect((await store.get("back"))?.count).toBe(3);
});
