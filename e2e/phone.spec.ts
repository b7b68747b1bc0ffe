import type { Page } from "@playwright/test";
import { connection, enter, expect, messages, say, test, transcript } from "./fixtures";

const PHONE = { width: 390, height: 844 };
const KEYBOARD = { width: 390, height: 480 };
const composer = (page: Page) => page.getByRole("textbox", { name: "Message" });

test("the keyboard of a phone hides neither the composer nor what is read", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await page.setViewportSize(PHONE);
  await enter(page, await room(ada));
  for (let line = 1; line <= 24; line++) await say(page, `Line ${line}`);
  await expect(messages(page)).toHaveCount(24);
  // The page shrinks with the keyboard: interactive-widget=resizes-content.
  await expect(page.locator("meta[name=viewport]")).toHaveAttribute(
    "content",
    /interactive-widget=resizes-content/,
  );
  await composer(page).focus();
  await page.setViewportSize(KEYBOARD);
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  await expect(messages(page).last()).toBeInViewport({ ratio: 1 });

  await page.setViewportSize(PHONE);
  await expect(messages(page).last()).toBeInViewport({ ratio: 1 });
  await transcript(page).hover();
  await page.mouse.wheel(0, -300);
  await expect(page.getByRole("button", { name: "To the newest" })).toBeVisible();
  const firstInView = () =>
    transcript(page).evaluate((log) => {
      const edge = log.getBoundingClientRect().top;
      const seen = [...log.querySelectorAll("article")].find(
        (article) => article.getBoundingClientRect().bottom > edge,
      )!;
      return [seen.textContent, Math.round(seen.getBoundingClientRect().top - edge)];
    });
  const before = await firstInView();
  await page.setViewportSize(KEYBOARD);
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  expect(await firstInView()).toEqual(before);
});

for (const panel of ["Rooms", "People"]) {
  test(`the sheet with ${panel.toLowerCase()} closes by the back button, Escape and a tap outside, and stays in the room`, async ({
    person,
    room,
  }) => {
    const ada = await person("Ada");
    const { page } = ada;
    await page.setViewportSize(PHONE);
    const id = await room(ada);
    await enter(page, id);
    const sheet = page.getByRole("dialog", { name: panel });
    const open = page.getByRole("button", { name: panel === "Rooms" ? "Rooms" : /people/i });
    const outside = panel === "Rooms" ? PHONE.width - 5 : 5;
    for (const close of [
      () => page.goBack(),
      () => page.keyboard.press("Escape"),
      () => page.mouse.click(outside, 400),
    ]) {
      await open.click();
      await expect(sheet).toBeVisible();
      await close();
      await expect(sheet).toBeHidden();
      await expect(page).toHaveURL(new RegExp(`/rooms/${id}$`));
      await expect(connection(page)).toHaveText(/^Live/);
    }
  });
}

test("the app can be installed: its manifest has a name, a start and icons that are there", async ({
  stranger,
}) => {
  const page = await stranger();
  await page.goto("/sign-in");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await page.request.get(address!);
  expect(answer.headers()["content-type"]).toMatch(/^application\/manifest\+json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({
    name: "Guestlist",
    start_url: "/rooms",
    display: "standalone",
    theme_color: expect.stringMatching(/^#/),
  });
  const sizes = [];
  for (const { src, sizes: said, type, purpose } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"]).toBe(type);
    if (type !== "image/png") continue;
    // A PNG tells its width and height in bytes 16 to 23.
    const bytes = await icon.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(said);
    sizes.push(`${said} ${purpose ?? "any"}`);
  }
  expect(sizes).toEqual(["192x192 any", "512x512 any", "512x512 maskable"]);
});
