import type { Client } from "@libsql/client";
import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "./connection";
import { accountsOn } from "./libsql";
import { AccountsUnavailable } from "./port";
import { createStore } from "./store";
import { temporaryAccounts } from "./testing";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A store on a fake clock whose pauses run `onPause`. */
async function setUp(onPause: (elapsed: number) => Promise<void>) {
  const { url, remove } = await temporaryAccounts();
  const [own, other] = await Promise.all([openDatabase(url), openDatabase(url)]);
  open.push(own, other, { close: remove });
  let elapsed = 0;
  const store = createStore(() => Promise.resolve(own), {
    giveUpAfterMs: 3_000,
    now: () => elapsed,
    async pause(ms) {
      elapsed += ms;
      await onPause(elapsed);
    },
  });
  return { accounts: accountsOn(store), other, elapsed: () => elapsed };
}

test("a write waits for a lock that is given up in time", async () => {
  let release = async (): Promise<void> => undefined;
  const { accounts, other, elapsed } = await setUp(async (ms) => {
    if (ms > 200) await release();
  });
  const lock = await other.transaction("write");
  release = () => lock.rollback();
  await accounts.check(1);
  expect(elapsed()).toBeGreaterThan(200);
});

test("a lock that stays is told within three seconds, while reads go on", async () => {
  const { accounts, other, elapsed } = await setUp(async () => undefined);
  const lock = await other.transaction("write");
  await expect(accounts.check(1)).rejects.toBeInstanceOf(AccountsUnavailable);
  expect(elapsed()).toBeLessThan(3_100);
  expect(await accounts.people.byId("nobody")).toBeNull();
  await lock.rollback();
});

test("a database that answers late is waited for, up to three seconds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  open.push({ close: () => vi.useRealTimers() });
  const answersAfter = (ms: number) => {
    const answer = { rows: [{ id: "ada" }] };
    const execute = () => new Promise((resolve) => setTimeout(() => resolve(answer), ms));
    return createStore(() => Promise.resolve({ execute } as unknown as Client));
  };
  const slow = answersAfter(2_900).row("SELECT 1");
  const tooSlow = answersAfter(3_100).row("SELECT 1");
  const refused = expect(tooSlow).rejects.toBeInstanceOf(AccountsUnavailable);
  await vi.advanceTimersByTimeAsync(3_200);
  expect(await slow).toEqual({ id: "ada" });
  await refused;
});

test("nothing of the driver's text leaves the store", async () => {
  const failing = { execute: () => Promise.reject(new Error("no such table: secret_things")) };
  const store = createStore(() => Promise.resolve(failing as unknown as Client));
  const error = await store.row("SELECT 1").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AccountsUnavailable);
  expect(JSON.stringify([String(error), (error as Error).cause ?? null])).not.toContain("secret");
});

test("a database that cannot be opened is unavailable, and is tried again by the next call", async () => {
  let openings = 0;
  const store = createStore(() => {
    openings++;
    return Promise.reject(new Error("ENOENT"));
  });
  for (let i = 0; i < 2; i++)
    await expect(store.row("SELECT 1")).rejects.toThrow(AccountsUnavailable);
  expect(openings).toBe(2);
});
