import { createClient } from "@libsql/client";
import type { Page } from "@playwright/test";
import { ATTACKS, NAUGHTY } from "../components/room/testing/hostile-lines";
import { normaliseName } from "../lib/auth/name";
import { MAX_NAME_CHARACTERS } from "../lib/protocol/limits";
import { enter, expect, messages, people, test } from "./fixtures";

test.use({
  stackEnv: { LIMIT_MESSAGES_PER_SECOND: "1000", LIMIT_MESSAGES_PER_MINUTE: "100000" },
});

const LINES = [...ATTACKS, ...NAUGHTY.toReversed()].slice(0, 200);

/** What a page did that text must not make it do. */
function watch(page: Page, hosts: string[]) {
  const done: string[] = [];
  page.on("dialog", (dialog) => {
    done.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => void done.push(`popup ${popup.url()}`));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:" && !hosts.includes(host)) done.push(`request ${request.url()}`);
  });
  return done;
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("two hundred hostile messages are read by two people and do nothing", async ({
  person,
  room,
  stack,
}) => {
  test.setTimeout(120_000);
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  const hosts = [new URL(stack.url).host, stack.partyHost];
  const done = [watch(ada.page, hosts), watch(bo.page, hosts)];
  await bo.page.setViewportSize({ width: 390, height: 844 });
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  const address = bo.page.url();
  const box = ada.page.getByRole("textbox", { name: "Message" });
  for (const line of LINES) {
    await box.fill(line);
    await box.press("Enter");
    await expect(box).toHaveValue("");
  }
  await box.fill("The last word");
  await box.press("Enter");
  for (const { page } of [ada, bo]) {
    await expect(messages(page).last()).toContainText("The last word");
    expect(await overflow(page), "the page beside the window").toBeLessThanOrEqual(0);
    const widest = await messages(page).evaluateAll((all) =>
      Math.max(...all.map((one) => one.scrollWidth - one.clientWidth)),
    );
    expect(widest, "words beside their message").toBeLessThanOrEqual(1);
    await expect(messages(page).locator("img, iframe, form, script, style")).toHaveCount(0);
  }
  expect(bo.page.url()).toBe(address);
  expect(done.flat()).toEqual([]);
});

test("people and rooms may have hostile names; they are names", async ({ person, room, stack }) => {
  const ada = await person("Ada");
  const id = await room(ada);
  // As the app would store them.
  const names = LINES.flatMap((line) => normaliseName(line.slice(0, MAX_NAME_CHARACTERS)) ?? []);
  // Each room of the list is asked for who is in it: fewer of those.
  const rooms = names.filter((_, index) => index % 5 === 0);
  const database = createClient({ url: stack.databaseUrl });
  await database.batch(
    rooms.map((name, index) => ({
      sql: "INSERT INTO rooms (id, name, topic, visibility, created_at) VALUES (?, ?, ?, 'public', 1)",
      args: [`hostile-${index}`, name, name],
    })),
  );
  database.close();
  const { page } = ada;
  const crowd = names.map((name, index) => ({
    ...{ id: `guest-${index}`, name, role: "member", status: "active" },
    ...{ connections: 1, lastSeen: 1 },
  }));
  await page.routeWebSocket(/\/parties\/main\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((raw) => {
      const frames = [JSON.parse(String(raw))].flat();
      for (const frame of frames) {
        if (frame.type !== "welcome") continue;
        frame.presence.push(...crowd);
        frames.push({ type: "typing", users: crowd.slice(0, 2) });
      }
      socket.send(JSON.stringify(frames));
    });
  });
  const done = watch(page, [new URL(stack.url).host, stack.partyHost]);
  await page.goto("/rooms");
  await expect(page.getByRole("list", { name: "Rooms" }).getByRole("listitem")).not.toHaveCount(0);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  for (const address of [id, "hostile-0"]) {
    await enter(page, address);
    await expect(people(page)).toHaveCount(names.length + 1);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole("textbox", { name: "Message" }).fill(`@${names[0]} and ${names[1]}`);
    await page.keyboard.press("Enter");
    await expect(messages(page)).toHaveCount(1);
  }
  await expect(page).toHaveTitle(`${names[0]} · Guestlist`);
  expect(done).toEqual([]);
});
