import type { Locator, Page } from "@playwright/test";
import { expectNothingFound } from "./axe";
import {
  connection,
  enter,
  expect,
  messages,
  people,
  say,
  signedIn,
  test,
  transcript,
  type Person,
} from "./fixtures";

const withText = (page: Page, text: string): Locator => messages(page).filter({ hasText: text });

/** Points at a message and presses one of its actions. */
async function act(message: Locator, name: string) {
  await message.hover();
  await message.getByRole("button", { name, exact: true }).click();
}

async function two(
  person: (name: string) => Promise<Person>,
  room: (owner: Person) => Promise<string>,
) {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  return { ada, bo, id };
}

/** Cuts the line of a page and holds it down until `up`. */
async function cuttable(page: Page) {
  let down = false;
  let cut: () => Promise<void> = async () => {};
  await page.routeWebSocket(/\/parties\/main\//, (socket) => {
    if (down) return void socket.close({ code: 1011 });
    cut = () => socket.close({ code: 1011 });
    socket.connectToServer();
  });
  return {
    async down() {
      down = true;
      await cut();
      await expect(connection(page)).toHaveText(/^Reconnecting/);
    },
    async up() {
      down = false;
      await expect(connection(page)).toHaveText(/^Live/, { timeout: 30_000 });
    },
  };
}

test("an edit is seen by both, marked with its time, and survives a reload", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  await say(ada.page, "Good evnening");
  await act(withText(ada.page, "Good evnening"), "Edit");
  const field = ada.page.getByRole("textbox", { name: "Edit message" });
  await expect(field).toBeFocused();
  await field.fill("Good evening");
  await field.press("Enter");
  await expect(field).toBeHidden();
  for (const { page } of [ada, bo]) {
    await expect(messages(page)).toHaveCount(1);
    await expect(messages(page)).toContainText("Good evening");
    await expect(messages(page).getByText("edited")).toHaveAttribute("title", /\d{4}.*\d\d:\d\d/);
  }
  await expect(messages(ada.page)).toBeFocused();
  await bo.page.reload();
  await expect(withText(bo.page, "Good evening")).toContainText("edited");
  await withText(bo.page, "Good evening").hover();
  await expect(messages(bo.page).getByRole("button", { name: "Reply" })).toBeVisible();
  for (const name of ["Edit", "Delete"]) {
    await expect(messages(bo.page).getByRole("button", { name, exact: true })).toHaveCount(0);
  }
});

test("Escape leaves a message as it was, an empty edit is not taken", async ({ person, room }) => {
  const ada = await person("Ada");
  await enter(ada.page, await room(ada));
  await say(ada.page, "Stays");
  await act(withText(ada.page, "Stays"), "Edit");
  const field = ada.page.getByRole("textbox", { name: "Edit message" });
  await field.fill("  ");
  await field.press("Enter");
  await expect(ada.page.getByText("Write something, or delete the message.")).toBeVisible();
  await field.press("Escape");
  await expect(withText(ada.page, "Stays")).toBeFocused();
  await expect(messages(ada.page)).not.toContainText("edited");
});

test("a deletion is asked for once and leaves a tombstone for both", async ({ person, room }) => {
  const { ada, bo } = await two(person, room);
  await say(ada.page, "Too much said");
  await act(withText(ada.page, "Too much said"), "Delete");
  await expect(ada.page.getByRole("button", { name: "Keep" })).toBeFocused();
  await ada.page.keyboard.press("Escape");
  await expect(withText(ada.page, "Too much said")).toBeFocused();
  await act(withText(ada.page, "Too much said"), "Delete");
  await ada.page
    .getByRole("group", { name: "Delete this message?" })
    .getByRole("button", { name: "Delete" })
    .click();
  for (const { page } of [ada, bo]) {
    await expect(transcript(page)).not.toContainText("Too much said");
    await expect(messages(page)).toHaveText(/Deleted\.$/);
  }
});

test("the owner deletes somebody else's words, and everybody sees that it was a moderator", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  await say(bo.page, "Buy now");
  const spam = withText(ada.page, "Buy now");
  await spam.hover();
  await expect(spam.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
  await act(spam, "Delete");
  await ada.page.getByRole("group").getByRole("button", { name: "Delete" }).click();
  for (const { page } of [ada, bo]) {
    await expect(messages(page)).toContainText("Deleted by a moderator.");
  }
  await bo.page.reload();
  await expect(messages(bo.page)).toContainText("Deleted by a moderator.");
});

test("the time beside a further message stands in one line, where there is AM and PM too", async ({
  account,
  stranger,
  room,
}) => {
  const ada = await signedIn(await stranger({ locale: "en-US" }), await account("Ada"));
  await enter(ada.page, await room(ada));
  await say(ada.page, "first");
  await say(ada.page, "second");
  const second = withText(ada.page, "second");
  await second.hover();
  const time = second.getByRole("time");
  await expect(time).toHaveText(/[AP]M$/);
  const lines = await time.evaluate(
    (element) =>
      element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight),
  );
  expect(lines).toBeLessThan(1.5);
  const { x = -1 } = (await time.boundingBox()) ?? {};
  const log = await transcript(ada.page).boundingBox();
  expect(x).toBeGreaterThanOrEqual(log!.x);
});

test("a long name and a long word fit into the line of a quote, on a phone too", async ({
  person,
  room,
}) => {
  const ada = await person("W".repeat(32));
  const { page } = ada;
  await enter(page, await room(ada));
  await say(page, "m".repeat(400));
  await act(messages(page).first(), "Reply");
  await page.keyboard.type("Indeed");
  await page.keyboard.press("Enter");
  await page.setViewportSize({ width: 390, height: 844 });
  const quote = withText(page, "Indeed").getByRole("button", { name: /^In reply to/ });
  const parts = [quote, ...(await quote.locator("bdi").all())];
  expect(parts).toHaveLength(3);
  const within = (await transcript(page).boundingBox())!;
  for (const part of parts) {
    const box = (await part.boundingBox())!;
    expect(box.width).toBeGreaterThan(40);
    expect(box.x + box.width).toBeLessThanOrEqual(within.x + within.width);
  }
});

test("a reply quotes its source and leads to it, even one that is not loaded", async ({
  person,
  room,
  fill,
}) => {
  const { ada, bo, id } = await two(person, room);
  await say(ada.page, "Shall we dance?");
  await act(withText(bo.page, "Shall we dance?"), "Reply");
  await expect(bo.page.getByText("Replying to")).toBeVisible();
  await expect(bo.page.getByRole("textbox", { name: "Message" })).toBeFocused();
  await bo.page.keyboard.press("Escape");
  await expect(bo.page.getByText("Replying to")).toBeHidden();
  await act(withText(bo.page, "Shall we dance?"), "Reply");
  await bo.page.keyboard.type("Gladly");
  await bo.page.keyboard.press("Enter");
  await expect(bo.page.getByText("Replying to")).toBeHidden();
  const answer = withText(ada.page, "Gladly");
  const quote = answer.getByRole("button", { name: "In reply to Ada Shall we dance?" });
  await quote.click();
  await expect(messages(ada.page).first()).toBeFocused();

  await fill(id, 60);
  await expect(withText(ada.page, "Line 60")).toBeVisible();
  await act(withText(ada.page, "Gladly"), "Reply");
  await say(ada.page, "At last");
  await bo.page.goto(`/rooms/${id}`);
  await expect(messages(bo.page)).toHaveCount(50);
  await withText(bo.page, "At last").getByRole("button", { name: "In reply to Bo Gladly" }).click();
  const source = withText(bo.page, "Gladly").first();
  await expect(source).toBeFocused();
  await expect(source).toBeInViewport();
});

test("a deleted source says so in the quote", async ({ person, room }) => {
  const { ada, bo } = await two(person, room);
  await say(ada.page, "Never mind");
  await act(withText(bo.page, "Never mind"), "Reply");
  await say(bo.page, "I do mind");
  await act(messages(ada.page).first(), "Delete");
  await ada.page.getByRole("group").getByRole("button", { name: "Delete" }).click();
  await expect(
    withText(bo.page, "I do mind").getByRole("button", { name: "In reply to Ada Deleted." }),
  ).toBeVisible();
});

test("reactions are counted, told apart from one's own, and taken back", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  await say(ada.page, "Cake in the kitchen");
  await act(withText(bo.page, "Cake in the kitchen"), "React with 👍");
  const chip = (page: Page, name: string) =>
    messages(page).getByRole("list", { name: "Reactions" }).getByRole("button", { name });
  await expect(chip(bo.page, "👍 1: you")).toHaveAttribute("aria-pressed", "true");
  await expect(chip(ada.page, "👍 1: Bo")).toHaveAttribute("aria-pressed", "false");
  await chip(ada.page, "👍 1: Bo").click();
  await expect(chip(bo.page, "👍 2: Ada and you")).toHaveAttribute("title", "Ada and you");
  await ada.page.reload();
  await expect(chip(ada.page, "👍 2: Bo and you")).toHaveAttribute("aria-pressed", "true");
  await chip(ada.page, "👍 2: Bo and you").click();
  await chip(bo.page, "👍 1: you").click();
  await expect(messages(ada.page).getByRole("list", { name: "Reactions" })).toHaveCount(0);
});

test("the picker finds any emoji, is loaded only when opened, and asks nobody else", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  const asked: string[] = [];
  ada.page.on("request", (request) => asked.push(request.url()));
  await say(ada.page, "Midnight");
  expect(asked.filter((url) => url.includes("/emoji/"))).toEqual([]);
  await act(withText(ada.page, "Midnight"), "Add reaction");
  const picker = ada.page.getByRole("dialog", { name: "Choose a reaction" });
  await expect(picker.getByRole("searchbox")).toBeFocused();
  await picker.getByRole("searchbox").fill("full moon face");
  await picker.getByRole("gridcell", { name: "full moon face" }).click();
  await expect(picker).toBeHidden();
  await expect(messages(bo.page).getByRole("button", { name: "🌝 1: Ada" })).toBeVisible();
  const origin = new URL(ada.page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(origin))).toEqual([]);

  await act(withText(ada.page, "Midnight"), "Add reaction");
  await ada.page.keyboard.press("Escape");
  await expect(picker).toBeHidden();
  await expect(ada.page.getByRole("button", { name: "Add reaction" })).toBeFocused();
});

test("ArrowUp in an empty composer edits one's last message and leads back", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  await say(ada.page, "Mine");
  await say(bo.page, "Not mine");
  await expect(messages(ada.page)).toHaveCount(2);
  const composer = ada.page.getByRole("textbox", { name: "Message", exact: true });
  await composer.fill("draft");
  await composer.press("ArrowUp");
  await expect(ada.page.getByRole("textbox", { name: "Edit message" })).toHaveCount(0);
  await composer.fill("");
  await composer.press("ArrowUp");
  await expect(ada.page.getByRole("textbox", { name: "Edit message" })).toHaveValue("Mine");
  await ada.page.keyboard.type("!");
  await ada.page.keyboard.press("Enter");
  await expect(composer).toBeFocused();
  await expect(messages(bo.page).first()).toContainText("Mine!");
});

test("everything can be done with the keyboard alone", async ({ person, room }) => {
  const { ada, bo } = await two(person, room);
  const { keyboard } = ada.page;
  await say(bo.page, "Hello Ada");
  await say(ada.page, "Hello Bo");
  await expect(messages(ada.page)).toHaveCount(2);
  await transcript(ada.page).focus();
  await keyboard.press("ArrowUp");
  await expect(withText(ada.page, "Hello Bo")).toBeFocused();
  await keyboard.press("Enter");
  await expect(ada.page.getByRole("button", { name: "React with 👍" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(messages(bo.page).getByRole("button", { name: "👍 1: Ada" })).toBeVisible();
  await keyboard.press("Escape");
  await expect(withText(ada.page, "Hello Bo")).toBeFocused();

  await keyboard.press("Enter");
  for (const name of ["React with ❤️", "React with 😄", "Add reaction", "Reply", "Edit"]) {
    await keyboard.press("ArrowRight");
    await expect(ada.page.getByRole("button", { name, exact: true })).toBeFocused();
  }
  await keyboard.press("Enter");
  await keyboard.type(", dear");
  await keyboard.press("Enter");
  await expect(withText(ada.page, "Hello Bo, dear")).toBeFocused();

  await keyboard.press("ArrowUp");
  await expect(withText(ada.page, "Hello Ada")).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.press("End");
  await keyboard.press("ArrowLeft");
  await expect(ada.page.getByRole("button", { name: "Copy link" })).toBeFocused();
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  await expect(transcript(ada.page)).toBeFocused();
});

test("a link to one message opens the room at it", async ({ person, room, fill }) => {
  const { ada, bo, id } = await two(person, room);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await say(ada.page, "The very first");
  await act(withText(ada.page, "The very first"), "Copy link");
  await expect(messages(ada.page).getByRole("button", { name: "Link copied" })).toBeVisible();
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`/rooms/${id}#m-1$`));
  await fill(id, 60);
  await expect(withText(ada.page, "Line 60")).toBeVisible();
  await bo.page.goto("/rooms");
  await bo.page.goto(link);
  await expect(withText(bo.page, "The very first")).toBeFocused();
  await expect(withText(bo.page, "The very first")).toBeInViewport();
  await bo.page.goto(`/rooms/${id}#m-4000`);
  await expect(bo.page.getByText("That message is not in this room any more.")).toBeVisible();
});

test("what was changed while one was away is there on return, and one's own changes go out", async ({
  person,
  room,
}) => {
  const { ada, bo } = await two(person, room);
  const line = await cuttable(bo.page);
  await bo.page.reload();
  await expect(connection(bo.page)).toHaveText(/^Live/);
  for (const text of ["One", "Two", "Three"]) await say(ada.page, text);
  await say(bo.page, "Mine");
  await expect(messages(ada.page)).toHaveCount(4);
  await expect(messages(bo.page)).toHaveCount(4);
  await line.down();
  await expect(people(ada.page).filter({ hasText: "Bo" })).toHaveCount(1);
  await act(withText(bo.page, "Mine"), "Edit");
  await bo.page.keyboard.type(" still");
  await bo.page.keyboard.press("Enter");
  await expect(withText(bo.page, "Mine still")).toHaveAccessibleName(/saving/);
  await act(withText(ada.page, "One"), "Edit");
  await ada.page.keyboard.type(" and only");
  await ada.page.keyboard.press("Enter");
  await act(withText(ada.page, "Two"), "React with 👍");
  await act(withText(ada.page, "Three"), "Delete");
  await ada.page.getByRole("group").getByRole("button", { name: "Delete" }).click();
  await expect(messages(ada.page).nth(2)).toContainText("Deleted.");
  await line.up();
  await expect(messages(bo.page).nth(0)).toContainText("One and only");
  await expect(messages(bo.page).getByRole("button", { name: "👍 1: Ada" })).toBeVisible();
  await expect(messages(bo.page).nth(2)).toContainText("Deleted.");
  await expect(messages(ada.page).nth(3)).toContainText("Mine still");
  await expect(withText(bo.page, "Mine still")).not.toHaveAccessibleName(/saving/);
});

test("a change that the room refuses is put back and keeps the words", async ({ person, room }) => {
  const ada = await person("Ada");
  const id = await room(ada);
  let refusals = 0;
  await ada.page.routeWebSocket(/\/parties\/main\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((raw) => {
      const frame = JSON.parse(String(raw));
      if (frame.type !== "chat.edit" || refusals++ > 0) return server.send(raw);
      const refusal = { type: "error", id: frame.id, code: "muted", message: "", retryable: false };
      socket.send(JSON.stringify(refusal));
    });
  });
  await enter(ada.page, id);
  await say(ada.page, "As it was");
  await act(withText(ada.page, "As it was"), "Edit");
  await ada.page.keyboard.type(", and more");
  await ada.page.keyboard.press("Enter");
  await expect(messages(ada.page)).toContainText("Not changed. You are muted in this room.");
  await ada.page.getByRole("button", { name: "Edit again" }).click();
  const field = ada.page.getByRole("textbox", { name: "Edit message" });
  await expect(field).toHaveValue("As it was, and more");
  await field.press("Enter");
  await expect(messages(ada.page)).not.toContainText("Not changed");
  await expect(messages(ada.page)).toContainText("As it was, and more");
});

test("with a thumb the actions are behind a button that is always there", async ({
  stranger,
  account,
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  await say(ada.page, "From the desk");
  const page = await stranger({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const bo = await signedIn(page, await account("Bo"));
  await enter(bo.page, id);
  await withText(page, "From the desk").getByRole("button", { name: "Actions" }).tap();
  const menu = page.getByRole("menu", { name: "Message actions" });
  await expect(menu.getByRole("menuitemcheckbox").first()).toBeFocused();
  for (const item of await menu.getByRole("menuitem").all()) {
    expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await menu.getByRole("menuitemcheckbox", { name: "React with 🎉" }).tap();
  await expect(menu).toBeHidden();
  await expect(messages(ada.page).getByRole("button", { name: "🎉 1: Bo" })).toBeVisible();
  await withText(page, "From the desk").getByRole("button", { name: "Actions" }).tap();
  await menu.getByRole("menuitem", { name: "More reactions" }).tap();
  await expect(page.getByRole("dialog", { name: "Choose a reaction" })).toBeVisible();
  await page.keyboard.press("Escape");
  await withText(page, "From the desk").getByRole("button", { name: "Actions" }).tap();
  await menu.getByRole("menuitem", { name: "Reply" }).tap();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing with bar, picker, question, edit field, quote and chips, ${colorScheme}`, async ({
    person,
    room,
  }) => {
    const ada = await person("Ada");
    const { page } = ada;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await enter(page, await room(ada));
    const clean = () => expectNothingFound(page);
    await say(page, "Words");
    await act(withText(page, "Words"), "React with 👍");
    await act(withText(page, "Words"), "Reply");
    await clean();
    await say(page, "More words");
    await expect(withText(page, "More words")).toContainText("Words");
    await withText(page, "More words").hover();
    await clean();
    await act(withText(page, "More words"), "Add reaction");
    await expect(page.getByRole("gridcell", { name: "Grinning face", exact: true })).toBeVisible();
    await clean();
    await page.keyboard.press("Escape");
    await act(withText(page, "More words"), "Delete");
    await clean();
    await page.keyboard.press("Escape");
    await act(withText(page, "More words"), "Edit");
    await clean();
  });
}
