import type { Page } from "@playwright/test";
import { enter, expect, hide, messages, say, test } from "./fixtures";

// Minutes pass at once here: no renewal may fall into them.
test.use({ stackEnv: { PARTY_LEASE_SECONDS: "3600" } });

const rooms = (page: Page) => page.getByRole("navigation", { name: "Rooms" });
const link = (page: Page, room: string) => rooms(page).locator(`a[href="/rooms/${room}"]`);
const mute = (page: Page, room: string) =>
  rooms(page).getByRole("button", { name: `Mute Room ${room.slice(-6)}` });
const said = (page: Page, count: number) => expect(messages(page)).toHaveCount(count);

/** Lets the list of rooms be asked for anew until it shows what is expected. */
const inTime = (page: Page, work: () => Promise<void>) =>
  expect(async () => {
    await page.clock.runFor("00:31");
    await work();
  }).toPass();

test("a mention in a room that is not open is marked beside it, by whole and by first name, until it is read", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada Lovelace"), await person("Bo")];
  const [here, there] = [await room(bo), await room(bo)];
  // The room knows by name who has been there.
  await enter(ada.page, there);
  await ada.page.clock.install();
  await enter(ada.page, here);
  await enter(bo.page, there);
  await say(bo.page, "Nobody in particular");
  await said(bo.page, 1);
  await inTime(ada.page, () => expect(link(ada.page, there)).toContainText("1 unread"));
  await expect(link(ada.page, there)).not.toContainText("mention");
  await say(bo.page, "@Ada, and once more: @ada lovelace");
  await said(bo.page, 2);
  await inTime(ada.page, () =>
    expect(link(ada.page, there)).toContainText("2 unread, 1 mentions you"),
  );
  await ada.page.goto("/rooms");
  await expect(ada.page.getByRole("main").locator(`a[href="/rooms/${there}"]`)).toContainText(
    "2 new, 1 mentions you",
  );
  await enter(ada.page, there);
  await said(ada.page, 2);
  await expect(messages(ada.page).last().getByText("@Ada", { exact: true })).toBeVisible();
  await expect(link(ada.page, there)).not.toContainText("unread");
  await ada.page.goto("/rooms");
  await expect(ada.page.getByRole("main").locator(`a[href="/rooms/${there}"]`)).not.toContainText(
    "new",
  );
});

test("a first name that two have mentions nobody; the tab tells a mention apart at once", async ({
  person,
  room,
}) => {
  const [ada, byron, bo] = [
    await person("Ada Lovelace"),
    await person("Ada Byron"),
    await person("Bo"),
  ];
  const id = await room(bo);
  await Promise.all([ada, byron, bo].map(({ page }) => enter(page, id)));
  await hide(ada.page, true);
  await say(bo.page, "@Ada?");
  await expect(ada.page).toHaveTitle(/^\(1\) /);
  await say(bo.page, "@Ada Lovelace, I mean");
  await expect(ada.page).toHaveTitle(/^\(@2\) /);
  await expect(link(ada.page, id)).toContainText("2 unread, 1 mentions you");
});

test("a muted room counts nothing and calls nobody, on all devices; a mention it marks quietly", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const [here, there] = [await room(bo), await room(bo)];
  const { page } = ada;
  await enter(page, there);
  await page.clock.install();
  await enter(page, here);
  // By keyboard, from the room's own line.
  await link(page, there).focus();
  await page.keyboard.press("Tab");
  await expect(mute(page, there)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(mute(page, there)).toHaveAttribute("aria-pressed", "true");
  await expect(link(page, there)).toContainText("muted");

  await enter(bo.page, there);
  await say(bo.page, "Some talk");
  await said(bo.page, 1);
  await inTime(page, async () => {
    await expect(link(page, there)).toContainText("1 person here");
  });
  await expect(link(page, there)).not.toContainText("unread");
  await say(bo.page, "@Ada?");
  await said(bo.page, 2);
  await inTime(page, () => expect(link(page, there)).toContainText("1 mentions you"));
  await expect(link(page, there)).not.toContainText("unread");

  // The open room: neither title nor icon.
  const tab = await ada.tab();
  await enter(tab, there);
  await hide(tab, true);
  await say(bo.page, "@Ada, are you there?");
  await said(tab, 3);
  await expect(tab).toHaveTitle(/^Room /);
  // Pressed again in the other tab, and it counts here.
  await mute(page, there).click();
  await expect(tab).toHaveTitle(/^\(@1\) /);
  await mute(page, there).click();
  await expect(tab).toHaveTitle(/^Room /);
  await page.goto("/rooms");
  const line = page.getByRole("main").locator(`a[href="/rooms/${there}"]`);
  await expect(line).toContainText("(muted)");
  await expect(line).not.toContainText("new");
});

test("a mute that the server refuses is taken back, and says so", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("503");
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  await ada.page.route("**/api/rooms/*/mute", (route) =>
    route.fulfill({ status: 503, json: { code: "unavailable", message: "" } }),
  );
  await mute(ada.page, id).click();
  await expect(
    rooms(ada.page).getByRole("alert").filter({ hasText: "did not work" }),
  ).toBeVisible();
  await expect(mute(ada.page, id)).toHaveAttribute("aria-pressed", "false");
  await expect(link(ada.page, id)).not.toContainText("muted");
});

test("on a phone a room is muted from the sheet with the rooms", async ({ person, room }) => {
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  await page.setViewportSize({ width: 390, height: 844 });
  await enter(page, id);
  await page.getByRole("button", { name: "Rooms" }).click();
  const button = page.getByRole("dialog", { name: "Rooms" }).getByRole("button", {
    name: `Mute Room ${id.slice(-6)}`,
  });
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await page.getByRole("button", { name: "Rooms" }).click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
});

test("the mute route answers its owner alone, from our own pages, with the usual codes", async ({
  person,
  room,
  stranger,
  stack,
}) => {
  const [ada, guest] = [await person("Ada"), await stranger()];
  const id = await room(ada);
  const path = `/api/rooms/${id}/mute`;
  const own = { origin: stack.url };
  const send = (method: "PUT" | "DELETE" | "POST", to: string, headers: Record<string, string>) =>
    ada.context.request.fetch(to, { method, headers });
  expect((await guest.request.get(path)).status()).toBe(401);
  expect((await guest.request.put(path, { headers: own })).status()).toBe(401);
  expect((await send("PUT", path, { origin: "https://evil.example" })).status()).toBe(403);
  expect((await send("PUT", "/api/rooms/founders/mute", own)).status()).toBe(403);
  expect((await send("PUT", "/api/rooms/no-such-room/mute", own)).status()).toBe(404);
  const wrong = await send("POST", path, own);
  expect([wrong.status(), wrong.headers().allow]).toEqual([405, "GET, HEAD, PUT, DELETE"]);
  for (const [method, muted] of [
    ["PUT", true],
    ["PUT", true],
    ["DELETE", false],
  ] as const) {
    const answer = await send(method, path, own);
    expect([answer.status(), await answer.json()]).toEqual([200, { muted }]);
    expect(await (await ada.context.request.get(path)).json()).toEqual({ muted });
  }
});
