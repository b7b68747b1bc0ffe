import type { Page } from "@playwright/test";
import { enter, expect, hide, messages, say, test } from "./fixtures";

// Minutes pass at once here: no renewal may fall into them.
test.use({ stackEnv: { PARTY_LEASE_SECONDS: "3600" } });

const link = (page: Page, room: string) =>
  page.getByRole("navigation", { name: "Rooms" }).locator(`a[href="/rooms/${room}"]`);

const icon = (page: Page) => page.locator('link[rel~="icon"]').first();

test("what is said in another room is counted beside it without a reload", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const [here, there] = [await room(ada), await room(ada)];
  await ada.page.clock.install();
  await enter(ada.page, here);
  await expect(link(ada.page, there)).not.toContainText("unread");
  await enter(bo.page, there);
  await say(bo.page, "one");
  await say(bo.page, "two");
  await expect(messages(bo.page).last()).toHaveAccessibleName(/^Bo, [^,]*$/);
  // What another page has just asked is not asked again for a moment.
  await expect(async () => {
    await ada.page.clock.runFor("00:31");
    await expect(link(ada.page, there)).toContainText("2 unread");
  }).toPass();
  await expect(link(ada.page, there)).toContainText("1 person here");
  // Its own socket knows of the open room at once.
  await expect(link(ada.page, here)).toContainText("1 person here");
  await enter(bo.page, here);
  await expect(link(ada.page, here)).toContainText("2 people here");
});

test("a list of rooms that cannot be had is asked for ever less often", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("503");
  const { page } = await person("Ada");
  await page.clock.install();
  let asked = 0;
  await page.route("**/api/rooms", (route) => {
    asked++;
    return route.fulfill({ status: 503, json: { code: "unavailable", message: "" } });
  });
  await enter(page, await room(await person("Owner")));
  for (const [seconds, times] of [
    [31, 1],
    [61, 2],
    [61, 2],
    [61, 3],
  ] as const) {
    const answered = times > asked ? page.waitForResponse("**/api/rooms") : null;
    await page.clock.runFor(seconds * 1_000);
    await answered;
    expect(asked).toBe(times);
  }
});

test("whoever signs out gives up what is being asked, and is refused nothing", async ({
  person,
  room,
}) => {
  const { page } = await person("Ada");
  await page.clock.install();
  let held = () => {};
  const holding = new Promise<void>((resolve) => (held = resolve));
  await page.route("**/api/rooms", held);
  await enter(page, await room(await person("Owner")));
  await page.clock.runFor("00:31");
  await holding;
  const givenUp = page.waitForEvent("requestfailed", (request) =>
    request.url().endsWith("/api/rooms"),
  );
  // The page is not left before that: leaving would end the question, too.
  await page.route("**/api/auth/signout", async (route) => {
    await givenUp;
    await route.continue();
  });
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
});

test("a tab in the back says how much came in, and whether one is meant", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  const title = await ada.page.title();
  await say(ada.page, "I look away");
  await hide(ada.page, true);
  await say(bo.page, "one");
  await expect(ada.page).toHaveTitle(`(1) ${title}`);
  await expect(icon(ada.page)).toHaveAttribute("href", "/icon-unread.svg");
  expect((await ada.page.request.get("/icon-unread.svg")).ok()).toBe(true);
  await say(bo.page, "two, @Ada");
  await expect(ada.page).toHaveTitle(`(@2) ${title}`);
  await expect(link(ada.page, id)).toContainText("2 unread");
  await hide(ada.page, false);
  await expect(ada.page).toHaveTitle(title);
  await expect(icon(ada.page)).not.toHaveAttribute("href", "/icon-unread.svg");
  await expect(link(ada.page, id)).not.toContainText("unread");
});

test("a member leaves a private room; its only owner is told why they cannot", async ({
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("409");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = `attic-${Date.now().toString(36)}`;
  const headers = { origin: stack.url };
  const data = { id, name: "Attic", visibility: "private" };
  await ada.context.request.post("/api/rooms", { headers, data });
  await ada.context.request.post(`/api/rooms/${id}/members`, {
    headers,
    data: { email: bo.email, role: "member" },
  });
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await bo.page.getByRole("button", { name: "Leave this room" }).click();
  await bo.page.getByRole("button", { name: "Stay" }).click();
  await expect(bo.page.getByRole("button", { name: "Leave this room" })).toBeFocused();
  await bo.page.getByRole("button", { name: "Leave this room" }).click();
  await bo.page.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(bo.page).toHaveURL("/rooms");
  await expect(bo.page.getByRole("list", { name: "Rooms" })).not.toContainText("Attic");
  await ada.page.getByRole("button", { name: "Leave this room" }).click();
  await ada.page.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(ada.page.getByRole("alert").filter({ hasText: "only owner" })).toBeVisible();
  await expect(ada.page).toHaveURL(`/rooms/${id}`);
});
