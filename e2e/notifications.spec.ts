import type { Page } from "@playwright/test";
import { enter, expect, hide, messages, say, test } from "./fixtures";

/** Notifications of a browser that nobody looks at: what was asked, and what was shown. */
async function watchNotifications(page: Page, answer: NotificationPermission) {
  await page.addInitScript((given) => {
    const shown: object[] = [];
    const log = Object.assign(window, { shown, asked: 0, dismissed: 0 });
    class Fake {
      static get permission() {
        return localStorage.getItem("answered") ?? "default";
      }
      static async requestPermission() {
        log.asked++;
        localStorage.setItem("answered", given);
        return given;
      }
      constructor(title: string, options: object) {
        shown.push({ title, ...options });
      }
      close() {
        log.dismissed++;
      }
    }
    Object.assign(window, { Notification: Fake });
  }, answer);
}

type Log = { shown: { title: string; body: string; silent: boolean }[]; asked: number };
const log = (page: Page) =>
  page.evaluate(() => {
    const { shown, asked } = window as unknown as Log;
    return { shown, asked };
  });

test("nobody is asked or notified who has not switched it on; then only while the page is hidden", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await watchNotifications(ada.page, "granted");
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await hide(ada.page, true);
  await say(bo.page, "Before she asked");
  await expect(messages(ada.page)).toHaveCount(1);
  expect(await log(ada.page)).toEqual({ shown: [], asked: 0 });

  await ada.page.goto("/settings");
  const shows = ada.page.getByRole("switch", { name: "Show new messages" });
  const sounds = ada.page.getByRole("switch", { name: "With a sound" });
  await expect(sounds).toBeDisabled();
  expect((await log(ada.page)).asked).toBe(0);
  await shows.click();
  await expect(shows).toBeChecked();
  await expect(sounds).not.toBeChecked();
  expect((await log(ada.page)).asked).toBe(1);

  await enter(ada.page, id);
  await say(bo.page, "While she looks");
  await expect(messages(ada.page)).toHaveCount(2);
  expect((await log(ada.page)).shown).toEqual([]);
  await hide(ada.page, true);
  await say(bo.page, "While she is away");
  await expect.poll(async () => (await log(ada.page)).shown.length).toBe(1);
  const [shown] = (await log(ada.page)).shown;
  expect(shown).toMatchObject({ body: "While she is away", silent: true });
  expect(shown!.title).toMatch(/^Bo in Room/);
  await hide(ada.page, false);
  await expect
    .poll(() => ada.page.evaluate(() => (window as unknown as { dismissed: number }).dismissed))
    .toBeGreaterThan(0);

  await ada.page.goto("/settings");
  await sounds.click();
  await expect(sounds).toBeChecked();
  await enter(ada.page, id);
  await hide(ada.page, true);
  await say(bo.page, "Out loud");
  await expect.poll(async () => (await log(ada.page)).shown).toMatchObject([{ silent: false }]);
});

test("a browser that says no leaves the switch off, and the page says what to do", async ({
  person,
}) => {
  const ada = await person("Ada");
  await watchNotifications(ada.page, "denied");
  await ada.page.goto("/settings");
  const shows = ada.page.getByRole("switch", { name: "Show new messages" });
  await shows.click();
  await expect(
    ada.page.getByRole("alert").filter({ hasText: "blocks notifications" }),
  ).toBeVisible();
  await expect(shows).not.toBeChecked();
});

test("a muted room shows none, also where it was muted on another device a while ago", async ({
  person,
  room,
  stack,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(bo);
  await watchNotifications(ada.page, "granted");
  await ada.page.addInitScript(() => {
    localStorage.setItem("guestlist:notifications", "on");
    localStorage.setItem("answered", "granted");
  });
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  const path = `/api/rooms/${id}/mute`;
  await ada.context.request.put(path, { headers: { origin: stack.url } });
  await hide(ada.page, true);
  // Older than what is believed without asking.
  await ada.page.evaluate(() => {
    const real = performance.now.bind(performance);
    performance.now = () => real() + 31_000;
  });
  const asked = ada.page.waitForResponse(`**${path}`);
  await say(bo.page, "@Ada!");
  await (await asked).finished();
  await expect(messages(ada.page)).toHaveCount(1);
  await ada.context.request.delete(path, { headers: { origin: stack.url } });
  await ada.page.evaluate(() => {
    const real = performance.now.bind(performance);
    performance.now = () => real() + 31_000;
  });
  await say(bo.page, "And now?");
  await expect.poll(async () => (await log(ada.page)).shown).toMatchObject([{ body: "And now?" }]);
});
