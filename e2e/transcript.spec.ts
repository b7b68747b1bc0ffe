import type { Page } from "@playwright/test";
import { enter, expect, hide, messages, say, test, transcript } from "./fixtures";

const toEnd = (page: Page) => page.getByRole("button", { name: /new messages?|to the newest/i });
const newLine = (page: Page) => transcript(page).getByRole("separator", { name: "New" });
/** Where a message stands, from the upper edge of the transcript. */
const topOf = (page: Page, text: RegExp) =>
  messages(page)
    .filter({ hasText: text })
    .evaluate(
      (element) =>
        element.getBoundingClientRect().top -
        element.closest("[role=log]")!.getBoundingClientRect().top,
    );
const fromEnd = (page: Page) =>
  transcript(page).evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);

test("whoever reads further up stays there; whoever is at the end stays at the end", async ({
  person,
  room,
  fill,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await fill(id, 60);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await transcript(ada.page).hover();
  await ada.page.mouse.wheel(0, -900);
  await expect(toEnd(ada.page)).toBeVisible();
  await expect(messages(ada.page).filter({ hasText: /Line 51$/ })).toHaveCount(1);
  const before = await topOf(ada.page, /Line 51$/);
  await say(bo.page, "A word from below");
  await expect(toEnd(ada.page)).toHaveText("1 new message");
  expect(Math.abs((await topOf(ada.page, /Line 51$/)) - before)).toBeLessThan(2);
  expect(await fromEnd(bo.page)).toBeLessThan(2);
  await toEnd(ada.page).click();
  await expect(toEnd(ada.page)).toBeHidden();
  expect(await fromEnd(ada.page)).toBeLessThan(2);
});

test("older messages come in above without moving what is read, all the way to the first", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 300);
  await enter(ada.page, id);
  await expect(transcript(ada.page)).toHaveAttribute("aria-busy", "false");
  for (const first of [201, 151, 101, 51, 1]) {
    // Where a message stands, looked at in the same task that scrolls: what is loaded comes later.
    const before = await transcript(ada.page).evaluate((log) => {
      log.scrollTop = 100;
      const article = log.querySelectorAll("article")[4]!;
      return { key: article.dataset.key!, top: article.getBoundingClientRect().top };
    });
    await expect(messages(ada.page)).toHaveCount(301 - first);
    await expect(messages(ada.page).first()).toContainText(`Line ${first}`);
    const moved = () =>
      transcript(ada.page).evaluate(
        (log, { key, top }) =>
          Math.abs(
            log.querySelector(`[data-key="${CSS.escape(key)}"]`)!.getBoundingClientRect().top - top,
          ),
        before,
      );
    // What was said a moment ago may still be fading in, from three pixels below.
    await expect.poll(moved, { message: `line ${first + 50}` }).toBeLessThan(2);
  }
  await expect(transcript(ada.page)).toContainText("This is where the room began.");
});

test("what is out of sight is not laid out, and yet is found", async ({ person, room, fill }) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 200);
  await enter(ada.page, id);
  await expect(transcript(ada.page)).toHaveAttribute("aria-busy", "false");
  for (const count of [100, 150, 200]) {
    await transcript(ada.page).evaluate((log) => log.scrollTo({ top: 0 }));
    await expect(messages(ada.page)).toHaveCount(count);
  }
  await ada.page.getByRole("button", { name: /to the newest/i }).click();
  const skipped = () =>
    messages(ada.page)
      .first()
      .evaluate((element) => !element.checkVisibility({ contentVisibilityAuto: true }));
  await expect.poll(skipped).toBe(true);
  const found = await ada.page.evaluate(() => {
    (window as unknown as { find(text: string): boolean }).find("Line 7");
    return getSelection()?.anchorNode?.parentElement?.closest("article")?.textContent;
  });
  expect(found).toMatch(/Line 7$/);
});

test("arrows, Home and End go from message to message", async ({ person, room, fill }) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 40);
  await enter(ada.page, id);
  await transcript(ada.page).focus();
  const { keyboard } = ada.page;
  const focused = ada.page.getByRole("article").and(ada.page.locator(":focus"));
  for (const [key, text] of [
    ["ArrowUp", /Line 40,/],
    ["ArrowUp", /Line 39(\D|$)/],
    ["Home", /Line 1(\D|$)/],
    ["ArrowDown", /Line 2(\D|$)/],
    ["End", /Line 40,/],
  ] as const) {
    await keyboard.press(key);
    await expect(focused).toHaveText(text);
    await expect(focused).toBeInViewport();
  }
  await keyboard.press("Escape");
  await expect(transcript(ada.page)).toBeFocused();
});

test("the log speaks what is new, and is silent while older messages are put in", async ({
  person,
  room,
  fill,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await fill(id, 120);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await expect(transcript(ada.page)).toHaveAttribute("aria-busy", "false");
  // Whether the log was busy when a message was put in; a live region speaks additions only.
  await transcript(ada.page).evaluate((log) => {
    const added: [string, string | null][] = [];
    Object.assign(window, { added });
    new MutationObserver((records) => {
      for (const node of records.flatMap((record) => [...record.addedNodes])) {
        if (!(node instanceof Element)) continue;
        const articles = node.matches("article") ? [node] : node.querySelectorAll("article");
        for (const article of articles) {
          added.push([article.textContent ?? "", log.getAttribute("aria-busy")]);
        }
      }
    }).observe(log, { childList: true, subtree: true });
  });
  const added = () =>
    ada.page.evaluate(() => (window as unknown as { added: [string, string][] }).added);
  await say(bo.page, "Heard by everybody");
  await expect(messages(ada.page).last()).toContainText("Heard by everybody");
  expect(await added()).toEqual([["Heard by everybody", "false"]]);
  // As on a busy machine, where the history may be there before the next timer.
  await ada.page.evaluate(() => {
    const { setTimeout } = window;
    const late = (work: TimerHandler, ms = 0) => setTimeout(work, ms || 2_000);
    Object.assign(window, { setTimeout: late });
  });
  await transcript(ada.page).evaluate((log) => log.scrollTo({ top: 0 }));
  await expect(messages(ada.page).first()).toContainText("Line 21");
  const older = (await added()).slice(1);
  expect(older.length).toBeGreaterThan(49);
  expect(older.filter(([, busy]) => busy !== "true")).toEqual([]);
});

test("what came since the last visit stands below a line, from which one starts to read", async ({
  person,
  room,
  fill,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await fill(id, 30);
  await enter(ada.page, id);
  await say(ada.page, "I have read it all");
  await expect(messages(ada.page).last()).toHaveAccessibleName(/^Ada, \S+( [AP]M)?$/);
  await ada.page.goto("/rooms");
  await fill(id, 40, 31);
  await enter(ada.page, id);
  await expect(newLine(ada.page)).toBeInViewport();
  await expect(messages(ada.page).filter({ hasText: /Line 31$/ })).toBeInViewport();
  await expect(messages(ada.page).filter({ hasText: "I have read it all" })).toBeInViewport();
  await expect(messages(ada.page).last()).not.toBeInViewport();
  await expect(toEnd(ada.page)).toHaveText("40 new messages");

  // It stays where it is while the page is open, whatever is read and said.
  await toEnd(ada.page).click();
  await expect(messages(ada.page).last()).toBeInViewport();
  await enter(bo.page, id);
  await say(bo.page, "One more");
  await expect(messages(ada.page).last()).toContainText("One more");
  await expect(newLine(ada.page)).toHaveCount(1);
  const next = () =>
    newLine(ada.page).evaluate(
      (line) => line.nextElementSibling?.querySelector("article")?.textContent,
    );
  expect(await next()).toBe("Line 31");

  await ada.page.reload();
  await expect(messages(ada.page).last()).toBeInViewport();
  await expect(newLine(ada.page)).toHaveCount(0);
});

test("the line moves when one comes back to a page that was hidden", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 3);
  await enter(ada.page, id);
  await say(ada.page, "Back in a minute");
  await expect(messages(ada.page).last()).toContainText("Back in a minute");
  await hide(ada.page, true);
  await fill(id, 2, 4);
  await expect(messages(ada.page)).toHaveCount(6);
  await hide(ada.page, false);
  const next = () =>
    newLine(ada.page).evaluate(
      (line) => line.nextElementSibling?.querySelector("article")?.textContent,
    );
  await expect.poll(next).toBe("Line 4");
});

test("more unread messages than a page holds are fetched up to the first one", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 5);
  await enter(ada.page, id);
  await say(ada.page, "Read so far");
  await expect(messages(ada.page).last()).toContainText("Read so far");
  await ada.page.goto("/rooms");
  await fill(id, 130, 6);
  await enter(ada.page, id);
  await expect(newLine(ada.page)).toBeInViewport();
  await expect(messages(ada.page).filter({ hasText: /Line 6$/ })).toBeInViewport();
  await expect(toEnd(ada.page)).toHaveText("130 new messages");
});

test("what is read in one tab is read in the other, and in the list of rooms", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  await say(ada.page, "First");
  await expect(messages(ada.page)).toHaveCount(1);
  await ada.page.goto("/rooms");
  await fill(id, 3);
  const item = ada.page.getByRole("main").locator(`a[href="/rooms/${id}"]`);
  await ada.page.reload();
  await expect(item).toContainText("3 new");
  const other = await ada.tab();
  await enter(other, id);
  await expect(newLine(other)).toHaveCount(1);
  await expect
    .poll(async () => {
      await ada.page.reload();
      await expect(item).toBeVisible();
      return item.textContent();
    })
    .not.toContain("new");
  await enter(ada.page, id);
  await expect(messages(ada.page)).toHaveCount(4);
  await expect(newLine(ada.page)).toHaveCount(0);
});
