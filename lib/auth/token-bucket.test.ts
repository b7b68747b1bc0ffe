import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Accounts } from "../accounts/port";
import { temporaryAccounts } from "../accounts/testing";
import { countRequest, take } from "./token-bucket";

const T0 = 1_700_000_000_000;
const bucket = { perMinute: 120, burst: 60 };

function run(times: number[], fullAt = 0): { accepted: number; waits: number[] } {
  const waits: number[] = [];
  let accepted = 0;
  for (const now of times) {
    const result = take(bucket, fullAt, now);
    if ("fullAt" in result) {
      fullAt = result.fullAt;
      accepted++;
    } else waits.push(result.waitMs);
  }
  return { accepted, waits };
}

test("sixty at once are taken; the next waits half a second", () => {
  const { accepted, waits } = run(Array.from({ length: 61 }, () => T0));
  expect(accepted).toBe(60);
  expect(waits).toEqual([500]);
});

test("after the burst, two a second for ever", () => {
  const times = Array.from({ length: 60 }, () => T0);
  for (let i = 1; i <= 100; i++) times.push(T0 + i * 500);
  expect(run(times).accepted).toBe(160);
});

test("no minute lets more than burst and rate through", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 400 }), (offsets) => {
      const times = offsets.map((offset) => T0 + offset).sort((a, b) => a - b);
      expect(run(times).accepted).toBeLessThanOrEqual(180);
    }),
  );
});

let accounts: Accounts;
let remove: () => void;
beforeAll(async () => ({ accounts, remove } = await temporaryAccounts()));
afterAll(() => remove());

test("the stored bucket holds under requests at once, one person's does not touch another's", async () => {
  const many = Array.from({ length: 70 }, () => countRequest(accounts.throttle, "a", bucket, T0));
  const results = await Promise.all(many);
  expect(results.filter((wait) => wait === null)).toHaveLength(60);
  expect(await countRequest(accounts.throttle, "b", bucket, T0)).toBeNull();
});
