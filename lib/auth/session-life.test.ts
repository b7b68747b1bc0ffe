import { encode } from "next-auth/jwt";
import { expect, test, vi } from "vitest";
import { AccountsUnavailable } from "../accounts/port";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { SESSION_IDLE_SECONDS, SESSION_SECONDS } from "../protocol/limits";
import { COOKIE, useBrowser } from "./testing";

const browser = useBrowser();
const { call, csrf, session, signIn } = browser;

test("signing out ends the row and tells the rooms; a copied cookie is worth nothing", async () => {
  await signIn();
  const copied = browser.jar.get(COOKIE) ?? "";
  const [row] = await browser.accounts.sessions.list("ada", Date.now());
  await browser.accounts.mints.record(row?.id ?? "", "general", Date.now() + 60_000, Date.now());
  const form = { csrfToken: await csrf(), json: "true" };
  expect((await call("POST", "signout", { form })).status).toBe(200);
  expect(browser.pushed).toEqual([
    {
      url: "http://127.0.0.1:1999/parties/main/general/revoke",
      body: { sid: row?.id, reason: "signed_out" },
    },
  ]);
  browser.jar.set(COOKIE, copied);
  expect(await session()).toEqual({});
  expect(browser.jar.has(COOKIE)).toBe(false);
});

test("an unreachable party does not keep anybody signed in", async () => {
  await signIn();
  const [row] = await browser.accounts.sessions.list("ada", Date.now());
  await browser.accounts.mints.record(row?.id ?? "", "general", Date.now() + 60_000, Date.now());
  browser.partyAnswers = () => {
    throw new TypeError("fetch failed");
  };
  const form = { csrfToken: await csrf(), json: "true" };
  expect((await call("POST", "signout", { form })).status).toBe(200);
  expect(browser.jar.has(COOKIE)).toBe(false);
  expect(await browser.accounts.sessions.active(row?.id ?? "", Date.now())).toBeNull();
});

test("asking for the session again and again does not move its absolute end", async () => {
  await signIn();
  const cookie = browser.jar.get(COOKIE);
  const start = Date.now();
  for (let day = 1; day < 30; day++) {
    const answer = await call("GET", "session", { now: start + day * 86_400_000 });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.json()).toHaveProperty("user");
  }
  expect(browser.jar.get(COOKIE)).toBe(cookie);
  expect(await session(start + SESSION_SECONDS.default * 1000 + 1_000)).toEqual({});
});

test("a session that nobody uses for two weeks is over, and one that is used is not", async () => {
  await signIn();
  const [row] = await browser.accounts.sessions.list("ada", Date.now());
  const start = row?.lastSeenAt ?? 0;
  const idle = SESSION_IDLE_SECONDS * 1_000;
  const used = start + idle / 2;
  expect(await session(used)).toHaveProperty("user");
  // The row is marked as used beside the answer.
  await vi.waitFor(async () => {
    const [now] = await browser.accounts.sessions.list("ada", used);
    expect(now?.lastSeenAt).toBe(used);
  });
  expect(used + idle, "within its absolute end").toBeLessThan(row?.expiresAt ?? 0);
  expect(await browser.accounts.sessions.list("ada", used + idle - 1)).toHaveLength(1);
  expect(await session(used + idle)).toEqual({});
  expect(browser.jar.has(COOKIE)).toBe(false);
  expect(await browser.accounts.sessions.list("ada", used + idle)).toEqual([]);
});

test("a session is as long as the operator says, for the row and the cookie alike", async () => {
  browser.env = parseServerEnv(validEnvironment({ SESSION_SECONDS: "20" }));
  const start = Date.now();
  const answer = await signIn();
  const line = answer.headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`)) ?? "";
  const ends = Date.parse(/Expires=([^;]+)/i.exec(line)?.[1] ?? "");
  expect(Math.abs(ends - start - 20_000)).toBeLessThan(5_000);
  const [row] = await browser.accounts.sessions.list("ada", start);
  expect((row?.expiresAt ?? 0) - (row?.createdAt ?? 0)).toBe(20_000);
  expect(await session(start + 15_000)).toHaveProperty("user");
  expect(await session(start + 26_000)).toEqual({});
});

test("a database that is down is 503 and takes no cookie away", async () => {
  await signIn();
  const cookie = browser.jar.get(COOKIE);
  const down = vi
    .spyOn(browser.accounts.sessions, "active")
    .mockRejectedValue(new AccountsUnavailable());
  const answer = await call("GET", "session");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  vi.spyOn(browser.accounts.sessions, "revoke").mockRejectedValue(new AccountsUnavailable());
  const form = { csrfToken: await csrf(), json: "true" };
  expect((await call("POST", "signout", { form })).status).toBe(503);
  expect(browser.jar.get(COOKIE)).toBe(cookie);
  down.mockRestore();
  expect(await session()).toHaveProperty("user");
});

test("signing in again gives a new session and ends the one before", async () => {
  await signIn();
  const before = browser.jar.get(COOKIE) ?? "";
  await signIn();
  expect(browser.jar.get(COOKIE)).not.toBe(before);
  browser.jar.set(COOKIE, before);
  expect(await session()).toEqual({});
});

test("a cookie of another secret, another person's row, or junk is nobody", async () => {
  await signIn();
  const [row] = await browser.accounts.sessions.list("ada", Date.now());
  const claims = { sub: "ada", sid: row?.id };
  browser.jar.set(COOKIE, await encode({ token: claims, secret: "another".repeat(8) }));
  expect(await session()).toEqual({});
  browser.jar.set(
    COOKIE,
    await encode({ token: { ...claims, sub: "grace" }, secret: browser.env.secret }),
  );
  expect(await session()).toEqual({});
  browser.jar.set(COOKIE, "x".repeat(9_000));
  expect(await session()).toEqual({});
});
