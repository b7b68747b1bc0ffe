import type { Page } from "@playwright/test";
import { expectFits, SMALL_PHONE } from "./fits";
import {
  connection,
  enter,
  expect,
  messages,
  type Person,
  say,
  signedIn,
  test,
  idOf,
} from "./fixtures";

/**
 * Everything that those who keep a room see, and those it concerns, on a small phone: nothing is cut
 * off, everything can be pressed, axe finds nothing in the light and in the dark.
 */
const thumb = test.extend<{ phone(name: string): Promise<Person> }>({
  phone: async ({ stranger, account }, use) => {
    await use(async (name) => signedIn(await stranger(SMALL_PHONE), await account(name)));
  },
});

// Each walks past many sights, and has each of them examined twice.
thumb.describe.configure({ timeout: 300_000 });

const openPeople = (page: Page) =>
  page
    .locator("header")
    .getByRole("button", { name: /people/i })
    .click();
const sheet = (page: Page) => page.getByRole("dialog", { name: "People" });

async function about(page: Page, name: string) {
  await openPeople(page);
  await sheet(page)
    .getByRole("button", { name: `About ${name}` })
    .click();
}

const ask = async (
  { context }: Person,
  origin: string,
  path: string,
  data: object,
  method = "POST",
) => {
  const answer = await context.request.fetch(path, { method, headers: { origin }, data });
  expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
  return answer.json();
};

thumb(
  "what is done about a person: menu, mute, ban and role; back leaves the sheet, not the room",
  async ({ phone, person, room }) => {
    const [ada, bo] = [await phone("Ada"), await person("Bo")];
    const id = await room(ada);
    await enter(bo.page, id);
    await enter(ada.page, id);
    const { page } = ada;
    await about(page, "Bo");
    await expectFits(page, "menu");
    await page.keyboard.press("Escape");
    for (const [item, title] of [
      ["Mute…", "Mute Bo"],
      ["Kick…", "Kick Bo"],
      ["Ban…", "Ban Bo"],
      ["Change role…", "Role of Bo"],
    ] as const) {
      await sheet(page).getByRole("button", { name: "About Bo" }).click();
      await page.getByRole("menuitem", { name: item }).click();
      const dialog = page.getByRole("dialog", { name: title });
      await expect(dialog).toBeVisible();
      await expectFits(page, item);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await expect(dialog).toBeHidden();
    }
    await page.goBack();
    await expect(sheet(page)).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`/rooms/${id}$`));
  },
);

thumb(
  "the list of a private room: adding somebody, and the question before one leaves",
  async ({ phone, stack }) => {
    const ada = await phone("Ada");
    const id = `cellar-${Date.now().toString(36)}`;
    await ask(ada, stack.url, "/api/rooms", { id, name: "Cellar", visibility: "private" });
    await enter(ada.page, id);
    await openPeople(ada.page);
    await sheet(ada.page).getByText("Add somebody").click();
    await expect(ada.page.getByLabel("Their email")).toBeVisible();
    await ada.page.getByRole("button", { name: "Leave this room" }).click();
    await expectFits(ada.page, "people of a private room");
  },
);

thumb(
  "a room's settings, section by section, each question open, and archived",
  async ({ phone, person, account, room, stack }) => {
    const [ada, bo] = [await phone("Ada"), await person("Bo")];
    const id = await room(ada);
    await enter(bo.page, id);
    await say(bo.page, `Buy my lamps: https://example.com/${"lamps-".repeat(12)}`);
    await enter(ada.page, id);
    await say(ada.page, "No");
    const line = messages(bo.page).last();
    await expect(line).toContainText("No");
    await line.hover();
    await line.getByRole("button", { name: "Report" }).click();
    await line.getByRole("button", { name: "Report", exact: true }).click();
    await expect(line.getByRole("group", { name: /^Reported\./ })).toBeVisible();
    const cleo = { email: (await account("Cleo")).email, role: "reader" };
    await ask(ada, stack.url, `/api/rooms/${id}/members`, cleo);
    const ban = { user: await idOf(bo), reason: `${"w".repeat(80)} and more` };
    await ask(ada, stack.url, `/api/rooms/${id}/bans`, ban);
    const { page } = ada;
    await page.goto(`/rooms/${id}/settings`);
    await page.getByRole("button", { name: "Make a link" }).click();
    await expect(page.getByLabel("Your new link")).toBeVisible();
    for (const name of ["Members", "Reports", "Bans", "Log", "Invite links"]) {
      await expect(page.getByRole("list", { name }).getByRole("listitem").first()).toBeVisible();
    }
    await expectFits(page, "settings");
    await page.getByRole("button", { name: "Delete the message" }).click();
    await page.getByRole("button", { name: "Change Cleo" }).click();
    for (const name of ["Archive", "Hand over", "Clear history", "Delete room"]) {
      await page.getByRole("button", { name, exact: true }).click();
    }
    await page.getByRole("button", { name: "Leave this room" }).click();
    await expectFits(page, "settings with every question open");

    await ask(ada, stack.url, `/api/rooms/${id}`, { archived: true }, "PATCH");
    await page.goto(`/rooms/${id}/settings`);
    await expect(page.getByText("This room is archived")).toBeVisible();
    await expectFits(page, "settings of an archived room");
  },
);

thumb(
  "what it concerns reads: slow, a message taken away, muted, archived, kicked, banned",
  async ({ phone, person, room, stack, expectedErrors }) => {
    expectedErrors.push("403");
    const [ada, bo] = [await person("Ada"), await phone("Bo")];
    const id = await room(ada);
    const { page } = bo;
    const user = await idOf(bo);
    const tell = async (part: string, body: object) => {
      const answer = await fetch(`http://${stack.partyHost}/parties/main/${id}/${part}`, {
        method: "POST",
        headers: { authorization: `Bearer ${stack.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(200);
    };
    await enter(page, id);
    await say(page, "buy cheap lamps");
    await enter(ada.page, id);
    const line = messages(ada.page).filter({ hasText: "cheap lamps" });
    await line.hover();
    await line.getByRole("button", { name: "Delete" }).click();
    await line.getByLabel("Reason (optional)").fill("no adverts, and not three of them in a row");
    await line.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(messages(page)).toContainText("Deleted by a moderator: no adverts");
    await expectFits(page, "a message taken away, and the notice of it");

    await tell("settings", { slowSeconds: 600 });
    await say(page, "one at a time");
    await expect(page.locator("#composer-hold")).toContainText("to wait");
    await expectFits(page, "slow mode");
    await tell("sanctions", { action: "mute", user, seconds: 3_600, reason: "too loud after ten" });
    await expect(page.getByText(/^Muted until/)).toBeVisible();
    await expectFits(page, "muted");
    await tell("settings", { archived: true });
    await expect(page.getByText(/^This room is archived/)).toBeVisible();
    await expectFits(page, "archived");
    await openPeople(page);
    await expect(sheet(page)).toBeVisible();
    await expect(sheet(page).getByRole("link", { name: "Room settings" })).toHaveCount(0);
    await page.goBack();
    await tell("settings", { archived: false });
    await tell("sanctions", { action: "kick", user, seconds: 600, reason: "calm down" });
    await expect(page.getByText(/^Kicked until/)).toBeVisible();
    await expect(connection(page)).toHaveText(/^Stopped/);
    await expectFits(page, "kicked");
    await ask(ada, stack.url, `/api/rooms/${id}/bans`, { user, seconds: 86_400, reason: "enough" });
    await page.goto(`/rooms/${id}`);
    await expect(page.getByText(/^Banned from this room until/)).toBeVisible();
    await expectFits(page, "banned");
  },
);

thumb(
  "invitations, direct messages, the rooms there are, and one's own data",
  async ({ phone, person, stack, expectedErrors }) => {
    expectedErrors.push("404", "403");
    const [ada, bo] = [await person("Ada of the very long and winding name"), await phone("Bo")];
    const id = `loft-${Date.now().toString(36)}`;
    const name = "A room whose name takes more than a line";
    await ask(ada, stack.url, "/api/rooms", {
      id,
      name,
      topic: "w".repeat(120),
      visibility: "invite",
    });
    const { path } = await ask(ada, stack.url, `/api/rooms/${id}/invites`, {});
    const { page } = bo;
    await page.goto(path);
    await expect(page.getByText("invites you to")).toBeVisible();
    await expectFits(page, "invitation");
    await page.goto(`/invite/${"a".repeat(32)}`);
    await expectFits(page, "an invitation that leads nowhere");
    await ask(ada, stack.url, `/api/rooms/${id}/bans`, { user: await idOf(bo), reason: "not you" });
    await page.goto(path);
    await expect(page.getByText(/^Banned from this room/)).toBeVisible();
    await expectFits(page, "banned at an invitation");

    const direct = await ask(bo, stack.url, "/api/direct", { email: ada.email });
    await page.goto("/rooms");
    await expectFits(page, "all rooms");
    await enter(page, direct.id);
    await say(page, "Just for you");
    await expectFits(page, "a direct message");
    const hidden = `/api/hidden/${await idOf(ada)}`;
    await ask(bo, stack.url, hidden, {}, "PUT");
    await page.reload();
    await expect(page.getByText(/^You have hidden/)).toBeVisible();
    await expectFits(page, "a direct message with somebody hidden");
    await page.goto("/settings");
    await page.getByRole("button", { name: "Delete account" }).click();
    await expect(page.getByRole("radio", { name: "Take the words away" })).toBeVisible();
    await expectFits(page, "settings, and the question before an account is deleted");
  },
);

thumb("the list of people that admins have, and its questions", async ({ stranger, phone }) => {
  const bo = await phone("Bo");
  const page = await stranger(SMALL_PHONE);
  const ada = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
  await signedIn(page, ada);
  await page.goto(`/admin?search=${encodeURIComponent(bo.email)}`);
  const disable = page.getByRole("button", { name: "Disable Bo" });
  await expect(disable).toBeEnabled();
  await expectFits(page, "people");
  await disable.click();
  await expect(page.getByRole("dialog", { name: "Disable Bo?" })).toBeVisible();
  await expectFits(page, "disable");
});
