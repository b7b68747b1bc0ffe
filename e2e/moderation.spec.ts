import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import {
  connection,
  enter,
  expect,
  idOf,
  messages,
  people,
  type Person,
  say,
  signedIn,
  test,
} from "./fixtures";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Opens what may be done to somebody and chooses a line of it. */
async function about(page: Page, name: string, item: string) {
  await people(page).filter({ hasText: name }).hover();
  await page
    .getByRole("list", { name: "People" })
    .getByRole("button", { name: `About ${name}` })
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function decide(page: Page, button: string, reason?: string, span?: string) {
  const dialog = page.getByRole("dialog");
  if (span) await dialog.getByRole("radio", { name: span }).check();
  if (reason) await dialog.getByLabel("Reason (optional)").fill(reason);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

const composer = (page: Page) => page.getByRole("textbox", { name: "Message" });

async function together(ada: Person, bo: Person, id: string) {
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await expect(people(ada.page)).toHaveCount(2);
}

test("who is kicked reads why and until when, and a member is offered nothing of the kind", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  await together(ada, bo, await room(ada));
  await people(bo.page).filter({ hasText: "Ada" }).hover();
  await bo.page.getByRole("button", { name: "About Ada" }).click();
  await expect(bo.page.getByRole("menuitem")).toHaveText([/^Message/, /^Hide/]);
  await bo.page.keyboard.press("Escape");
  await composer(bo.page).fill("half a thought");
  await people(ada.page).filter({ hasText: "Bo" }).hover();
  await ada.page.getByRole("button", { name: "About Bo" }).click();
  const lines = ada.page.getByRole("menuitem");
  await expect(lines.filter({ hasText: "Kick…" })).toBeVisible();
  await expect(lines.filter({ hasNot: ada.page.locator("svg") })).toHaveCount(0);
  await lines.filter({ hasText: "Kick…" }).click();
  await expectAccessible(ada.page);
  await decide(ada.page, "Kick", "spam", "10 minutes");
  await expect(bo.page.getByText(/^Kicked until .+ by a moderator: spam\.$/)).toBeVisible();
  await expect(bo.page.getByRole("button", { name: "Rejoin" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(connection(bo.page)).toHaveText(/^Stopped/);
  await expect(composer(bo.page)).toHaveValue("half a thought");
  await expectAccessible(bo.page);
});

test("who is banned reads why at once and on the page from then on, until it is lifted", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await together(ada, bo, id);
  await about(ada.page, "Bo", "Ban…");
  await decide(ada.page, "Ban", "spam again", "1 day");
  const words = /^Banned from this room until .+ by a moderator: spam again\.$/;
  await expect(bo.page.getByText(words)).toBeVisible();
  const answer = await bo.page.goto(`/rooms/${id}`);
  expect(answer?.status()).toBe(403);
  await expect(bo.page.getByText(words)).toBeVisible();
  await expectAccessible(bo.page);
});

test("who is banned while they are kicked reads it without trying to come back", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await together(ada, bo, id);
  const user = await idOf(bo);
  await about(ada.page, "Bo", "Kick…");
  await decide(ada.page, "Kick", "spam", "10 minutes");
  await expect(bo.page.getByText(/^Kicked until .+ by a moderator: spam\.$/)).toBeVisible();
  const answer = await ada.context.request.post(`/api/rooms/${id}/bans`, {
    headers: { origin: new URL(ada.page.url()).origin },
    data: { user, seconds: 86_400, reason: "spam again" },
  });
  expect(answer.status()).toBe(201);
  await bo.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(
    bo.page.getByText(/^Banned from this room until .+ by a moderator: spam again\.$/),
  ).toBeVisible();
  await expect(bo.page.getByRole("button", { name: "Rejoin" })).toHaveCount(0);
  await expect(bo.page.getByText("All rooms", { exact: true })).toBeVisible();
});

test("a ban ends from the menu of the person, who is not there, where their words are", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await together(ada, bo, id);
  await say(bo.page, "I was here");
  const line = messages(ada.page).filter({ hasText: "I was here" });
  await about(ada.page, "Bo", "Ban…");
  await decide(ada.page, "Ban", "spam", "1 day");
  await expect(ada.page.getByText("Bo was banned.")).toBeVisible();
  await expect(people(ada.page)).toHaveCount(1);
  const menu = async () => {
    await line.hover();
    await line.getByRole("button", { name: "About Bo" }).click();
  };
  await menu();
  await expect(ada.page.getByText(/^Banned until .+ by a moderator: spam\.$/)).toBeVisible();
  await expect(ada.page.getByRole("menuitem", { name: "Ban…", exact: true })).toHaveCount(0);
  await expectAccessible(ada.page);
  await ada.page.getByRole("menuitem", { name: "Lift the ban…" }).click();
  await decide(ada.page, "Lift the ban");
  await enter(bo.page, id);
  await expect(people(ada.page)).toHaveCount(2);
  await bo.page.goto("/rooms");
  // Whoever leaves is here for the grace of ten seconds.
  await expect(people(ada.page)).toHaveCount(1, { timeout: 20_000 });
  await menu();
  await expect(ada.page.getByRole("menuitem", { name: "Ban…", exact: true })).toBeVisible();
  await expect(ada.page.getByRole("menuitem", { name: "Lift the ban…" })).toHaveCount(0);
});

test("on a phone everybody finds what to do about a person at what they said", async ({
  person,
  account,
  stranger,
  room,
}) => {
  const [ada, bo] = [
    await person("Ada"),
    await signedIn(await stranger(PHONE), await account("Bo")),
  ];
  const id = await room(ada);
  await together(ada, bo, id);
  await say(ada.page, "hello there");
  await messages(bo.page).getByRole("button", { name: "Actions" }).click();
  await bo.page.getByRole("menuitem", { name: "About Ada" }).click();
  await expect(bo.page.getByRole("menuitem")).toHaveText([/^Message/, /^Hide/]);
  await bo.page.keyboard.press("Escape");
  await say(bo.page, "my own");
  await messages(bo.page).last().getByRole("button", { name: "Actions" }).click();
  await expect(bo.page.getByRole("menuitem", { name: /^About/ })).toHaveCount(0);
});

test("who is muted cannot write, keeps the draft, and can again once it is lifted", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  await together(ada, bo, await room(ada));
  await composer(bo.page).fill("my draft");
  await about(ada.page, "Bo", "Mute…");
  await decide(ada.page, "Mute", "too loud", "1 hour");
  await expect(bo.page.getByText(/^Muted until .+ by a moderator: too loud\./)).toBeVisible();
  await expect(composer(bo.page)).toHaveAttribute("readonly");
  await expect(composer(bo.page)).toHaveValue("my draft");
  await expectAccessible(bo.page);
  await people(ada.page)
    .filter({ hasText: "Bo" })
    .getByRole("button", { name: "About Bo" })
    .click();
  const menu = ada.page.getByRole("menu", { name: "About Bo" });
  await expect(menu.getByText(/^Muted until .+ by a moderator: too loud\./)).toBeVisible();
  await expect(menu.getByRole("menuitem", { name: /mute/i })).toHaveText(["Unmute…"]);
  await expectAccessible(ada.page);
  await ada.page.keyboard.press("Escape");
  await about(ada.page, "Bo", "Unmute…");
  await decide(ada.page, "Unmute");
  await expect(composer(bo.page)).not.toHaveAttribute("readonly");
  await bo.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(messages(ada.page).filter({ hasText: "my draft" })).toBeVisible();
});

test("a visitor of a public room is made a reader and a moderator, and both hold at once", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  await together(ada, bo, await room(ada));
  await about(ada.page, "Bo", "Change role…");
  await ada.page.getByRole("radio", { name: "reader" }).check();
  await decide(ada.page, "Change role");
  await expect(bo.page.getByText("You can read here, not write.")).toBeVisible();
  await about(ada.page, "Bo", "Change role…");
  await ada.page.getByRole("radio", { name: "moderator" }).check();
  await decide(ada.page, "Change role");
  await expect(composer(bo.page)).not.toHaveAttribute("readonly");
  await expect(people(ada.page).filter({ hasText: "Bo" })).toContainText("moderator");
});

test("a moderator deletes anybody's message with a reason that its author reads", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await together(ada, bo, id);
  await say(bo.page, "buy cheap lamps");
  const line = messages(ada.page).filter({ hasText: "buy cheap lamps" });
  await line.hover();
  await line.getByRole("button", { name: "Delete" }).click();
  await line.getByLabel("Reason (optional)").fill("no adverts");
  await line.getByRole("button", { name: "Delete", exact: true }).click();
  const words = "Deleted by a moderator: no adverts.";
  await expect(messages(bo.page).last()).toContainText(words);
  await expect(messages(ada.page).last()).toContainText(words);
  // Nobody else reads why; those who do, read it again later.
  const cid = await person("Cid");
  await enter(cid.page, id);
  await expect(messages(cid.page).last()).toContainText("Deleted by a moderator.");
  for (const { page } of [bo, ada]) {
    await page.reload();
    await expect(messages(page).last()).toContainText(words);
  }
});

test("a report is confirmed in place and reaches those who keep order", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  await together(ada, bo, await room(ada));
  await say(ada.page, "something odd");
  const line = messages(bo.page).filter({ hasText: "something odd" });
  await line.hover();
  await line.getByRole("button", { name: "Report" }).click();
  await line.getByLabel("What is wrong with it (optional)").fill("rude");
  await expectAccessible(bo.page);
  await line.getByRole("button", { name: "Report", exact: true }).click();
  await expect(line.getByRole("group", { name: /^Reported\./ })).toBeVisible();
  await expect(ada.page.getByText(/^Bo reported a message of Ada: rude\./)).toBeVisible();
});

test("in slow mode the composer says how long to wait, keeps the text, and lets go by itself", async ({
  person,
  room,
  stack,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await together(ada, bo, id);
  await ada.context.request.patch(`/api/rooms/${id}`, {
    headers: { origin: stack.url },
    data: { slowSeconds: 15 },
  });
  await expect(bo.page.locator("#composer-hold")).toContainText("one message every 15 s");
  await say(bo.page, "first");
  await expect(bo.page.locator("#composer-hold")).toContainText("to wait");
  await composer(bo.page).fill("second");
  await composer(bo.page).press("Enter");
  await expect(composer(bo.page)).toHaveValue("second");
  const send = bo.page.getByRole("button", { name: "Send", exact: true });
  await expect(send).toHaveAttribute("aria-disabled", "true");
  // Waits until the button may be pressed.
  await send.click();
  await expect(messages(ada.page).last()).toContainText("second");
  await expect(composer(ada.page)).toHaveAttribute("placeholder", /^Message/);
});
