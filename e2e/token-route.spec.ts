import type { Page } from "@playwright/test";
import { connection, enter, expect, listen, messages, say, test } from "./fixtures";

const LEASE_SECONDS = 4;
const GRACE_SECONDS = 20;
test.use({
  stackEnv: {
    PARTY_LEASE_SECONDS: String(LEASE_SECONDS),
    PARTY_GRACE_SECONDS: String(GRACE_SECONDS),
  },
});

const ROUTE = "**/api/party/token";
const heardIn = (heard: ReturnType<typeof listen>) => (type: string) =>
  heard.frames.filter((frame) => frame.type === type).length;

/** Notes when each token was asked for. */
function askedBy(page: Page): number[] {
  const asked: number[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/party/token")) asked.push(Date.now());
  });
  return asked;
}

test("a slow token route is waited for: renewed in time, nothing shown but the wait", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  const heard = listen(ada.page);
  const count = heardIn(heard);
  await enter(ada.page, id);
  await ada.page.route(ROUTE, async (route) => {
    // Slower than the rest of the lease: the answer comes in the grace.
    await expect.poll(() => count("auth.expired")).toBeGreaterThan(0);
    await route.continue();
  });
  await expect.poll(() => count("auth.refreshed"), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(connection(ada.page)).toHaveText(/^(Live|Renewing)/);
  expect(heard.sockets).toBe(1);
});

test("a token route that hangs is given up after ten seconds, one request at a time", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  const heard = listen(ada.page);
  const count = heardIn(heard);
  await enter(ada.page, id);
  let hanging = 0;
  let most = 0;
  let first = true;
  await ada.page.route(ROUTE, async (route) => {
    if (!first) return route.continue();
    most = Math.max(most, ++hanging);
    const gone = ada.page.waitForEvent("requestfailed", {
      predicate: (request) => request === route.request(),
      timeout: 20_000,
    });
    await gone;
    hanging--;
    first = false;
  });
  await expect.poll(() => count("auth.expired"), { timeout: 15_000 }).toBe(1);
  await expect(connection(ada.page)).toHaveText(/^Renewing/);
  await say(ada.page, "Waits for the pass");
  await expect.poll(() => count("auth.refreshed"), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(messages(ada.page)).toHaveCount(1);
  await expect(messages(ada.page).first()).not.toHaveAccessibleName(/sending|pending/i);
  expect([most, heard.sockets]).toEqual([1, 1]);
});

test("a 429 keeps the page away for as long as it says, and the socket open meanwhile", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("429");
  const ada = await person("Ada");
  const id = await room(ada);
  const heard = listen(ada.page);
  const asked = askedBy(ada.page);
  await enter(ada.page, id);
  const refusedAt: number[] = [];
  await ada.page.route(ROUTE, async (route) => {
    if (refusedAt.length > 0) return route.continue();
    refusedAt.push(Date.now());
    await route.fulfill({
      status: 429,
      headers: { "retry-after": "6" },
      json: { code: "rate_limited", message: "" },
    });
  });
  await expect.poll(() => heardIn(heard)("auth.refreshed"), { timeout: 25_000 }).toBeGreaterThan(0);
  const next = asked.find((at) => at > (refusedAt[0] ?? Infinity) + 100);
  expect((next ?? 0) - (refusedAt[0] ?? 0)).toBeGreaterThanOrEqual(5_900);
  expect(heard.sockets).toBe(1);
  await expect(connection(ada.page)).toHaveText(/^Live/);
});

test("a 403 stops and says why; it signs nobody out", async ({ person, room, expectedErrors }) => {
  expectedErrors.push("403");
  const ada = await person("Ada");
  const id = await room(ada);
  const asked = askedBy(ada.page);
  await enter(ada.page, id);
  await ada.page.route(ROUTE, (route) =>
    route.fulfill({ status: 403, json: { code: "forbidden", message: "" } }),
  );
  await expect(connection(ada.page)).toHaveText(/^Stopped/);
  await expect(ada.page.getByText("You may not be in this room any more")).toBeVisible();
  expect(asked).toHaveLength(2);
  await ada.page.goto("/rooms");
  await expect(ada.page).toHaveURL(/\/rooms$/);
});

test("a 401 is the one answer that signs out", async ({ person, room, expectedErrors }) => {
  expectedErrors.push("401");
  const ada = await person("Ada");
  const id = await room(ada);
  const asked = askedBy(ada.page);
  await enter(ada.page, id);
  await ada.page.getByRole("textbox", { name: "Message" }).fill("kept");
  await ada.page.route(ROUTE, (route) =>
    route.fulfill({ status: 401, json: { code: "signed_out", message: "" } }),
  );
  await expect(connection(ada.page)).toHaveText(/^Signed out/);
  await expect(ada.page.getByRole("textbox", { name: "Message" })).toHaveValue("kept");
  expect(asked).toHaveLength(2);
});
