import type { Page } from "@playwright/test";
import { enter, expect, hide, say, test } from "./fixtures";

// The headless shell that the other tests run in has no notifications; the whole browser does.
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  },
});

/** What the worker shows, told apart from what the page would. */
const shownByWorker = (page: Page) =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration("/notifications/");
    return ((await worker?.getNotifications()) ?? []).map(({ title, body, tag, data }) => ({
      ...{ title, body, tag, data },
    }));
  });
/**
 * How many the worker has shown in all. Waited for before anybody asks which are shown: a busy
 * Chromium that is asked meanwhile has been seen to name none, ever after.
 */
const showings = (page: Page) =>
  page.evaluate(() => (window as unknown as { showings?: number }).showings ?? 0);
const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

test("where pages may show none, as in Chrome on Android, a worker shows them, leads back to the room, and goes at sign-out", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(bo);
  await ada.context.grantPermissions(["notifications"]);
  await ada.page.addInitScript(() => {
    localStorage.setItem("guestlist:notifications", "on");
    const { showNotification } = ServiceWorkerRegistration.prototype;
    ServiceWorkerRegistration.prototype.showNotification = async function (...given) {
      await showNotification.apply(this, given);
      const counted = window as unknown as { showings?: number };
      counted.showings = (counted.showings ?? 0) + 1;
    };
    const Real = window.Notification;
    window.Notification = new Proxy(Real, {
      construct() {
        throw new TypeError(
          "Illegal constructor. Use ServiceWorkerRegistration.showNotification()",
        );
      },
    });
  });
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  expect(await registrations(ada.page)).toBe(0);
  await hide(ada.page, true);
  const started = ada.context.waitForEvent("serviceworker");
  await say(bo.page, "@Ada, on a phone");
  const worker = await started;
  await expect.poll(() => showings(ada.page)).toBe(1);
  const shown = await shownByWorker(ada.page);
  expect(shown).toMatchObject([{ body: "@Ada, on a phone", tag: `room:${id}`, data: id }]);
  expect(shown[0]!.title).toMatch(/^Bo mentions you in Room/);
  // It holds no page: none of their requests passes through it.
  expect(await ada.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();

  // A press, as the system would tell it; only a real one may move the focus.
  const focused = await worker.evaluate(async (room) => {
    const scope = self as unknown as {
      registration: ServiceWorkerRegistration;
      WindowClient: { prototype: { focus(): Promise<unknown> } };
      NotificationEvent: new (type: string, init: object) => Event;
    };
    const pressed = new Promise<string>((resolve) => {
      scope.WindowClient.prototype.focus = async function (this: { url: string }) {
        resolve(new URL(this.url).pathname);
      };
    });
    const [notification] = await scope.registration.getNotifications({ tag: `room:${room}` });
    self.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    return pressed;
  }, id);
  expect(focused).toBe(`/rooms/${id}`);
  await expect.poll(() => shownByWorker(ada.page)).toEqual([]);

  await say(bo.page, "Once more");
  await expect.poll(() => showings(ada.page)).toBe(2);
  expect(await shownByWorker(ada.page)).toHaveLength(1);
  await hide(ada.page, false);
  await expect.poll(() => shownByWorker(ada.page)).toEqual([]);
  await ada.page.getByRole("button", { name: /account/i }).click();
  await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(ada.page).toHaveURL(/sign-in/);
  expect(await registrations(ada.page)).toBe(0);
});
