import type { Page } from "@playwright/test";
import { enter, expect, messages, type Person, say, test as base, transcript } from "./fixtures";

const ALL = 600;
/** Ten heights of the transcript either way, and the first and last stretch. */
const MOST_DRAWN = 480;

const toEnd = (page: Page) => page.getByRole("button", { name: /to the newest/i });
const nextFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
const scrollTo = (page: Page, share: number) =>
  transcript(page).evaluate((log, at) => (log.scrollTop = at * log.scrollHeight), share);

const test = base.extend<{ long: { ada: Person; id: string } }>({
  /** Somebody at the beginning of a long room, all of which was loaded by scrolling up. */
  long: [
    async ({ person, room, fill }, use) => {
      const ada = await person("Ada");
      const id = await room(ada);
      await fill(id, ALL);
      await enter(ada.page, id);
      await expect(transcript(ada.page)).toHaveAttribute("aria-busy", "false");
      const began = transcript(ada.page).getByText("This is where the room began.");
      await expect(async () => {
        await scrollTo(ada.page, 0);
        await expect(began).toHaveCount(1, { timeout: 200 });
      }).toPass();
      await scrollTo(ada.page, 0);
      await use({ ada, id });
    },
    // Six hundred messages, one after another: not of the test's own time.
    { timeout: 120_000 },
  ],
});

test("of a long transcript a bounded part is in the document, and the place is kept up and down", async ({
  long: { ada },
}) => {
  const line = messages(ada.page).filter({ hasText: /Line 9$/ });
  await expect(line).toBeInViewport();
  const heightOf = () => transcript(ada.page).evaluate((log) => log.scrollHeight);
  const topOf = () => line.evaluate((element) => element.getBoundingClientRect().top);
  const [top, height] = [await topOf(), await heightOf()];
  for (const share of [0.3, 0.7, 1, 0.5]) {
    await scrollTo(ada.page, share);
    await nextFrames(ada.page);
    // Whatever is in view has been put in before it is painted.
    const seen = await transcript(ada.page).evaluate((log) => {
      const { left, top, width, height } = log.getBoundingClientRect();
      const at = (y: number) => document.elementFromPoint(left + width / 2, top + y * height);
      return [0.25, 0.5, 0.75].map((y) => at(y)?.closest("[data-away]") === null);
    });
    expect(seen).toEqual([true, true, true]);
    expect(await messages(ada.page).count()).toBeLessThan(MOST_DRAWN);
  }
  await scrollTo(ada.page, 0);
  await expect(line).toBeInViewport();
  expect(Math.abs((await topOf()) - top)).toBeLessThan(2);
  expect(Math.abs((await heightOf()) - height)).toBeLessThan(2);
});

test("what is put in again is not spoken, what is new is", async ({
  person,
  long: { ada, id },
}) => {
  const bo = await person("Bo");
  await enter(bo.page, id);
  await expect.poll(() => messages(ada.page).count()).toBeLessThan(MOST_DRAWN);
  await expect(transcript(ada.page)).toHaveAttribute("aria-busy", "false");
  await transcript(ada.page).evaluate((log) => {
    const added: [string, boolean][] = [];
    Object.assign(window, { added });
    new MutationObserver((records) => {
      for (const node of records.flatMap((record) => [...record.addedNodes])) {
        if (!(node instanceof Element)) continue;
        const articles = node.matches("article") ? [node] : [...node.querySelectorAll("article")];
        const isLive = node.closest("[aria-live], [role=log]") === log;
        for (const { textContent } of articles) added.push([textContent ?? "", isLive]);
      }
    }).observe(log, { childList: true, subtree: true });
  });
  const added = () =>
    ada.page.evaluate(() => (window as unknown as { added: [string, boolean][] }).added);
  await scrollTo(ada.page, 0.5);
  await expect.poll(async () => (await added()).length).toBeGreaterThan(50);
  expect((await added()).filter(([, isLive]) => isLive)).toEqual([]);
  await toEnd(ada.page).click();
  await say(bo.page, "Heard by everybody");
  await expect(messages(ada.page).last()).toContainText("Heard by everybody");
  expect((await added()).filter(([, isLive]) => isLive)).toEqual([["Heard by everybody", true]]);
});

test("links and keys lead to messages that are not in the document", async ({ long: { ada } }) => {
  await toEnd(ada.page).click();
  // The button is gone: the keys go on in the transcript.
  await expect(transcript(ada.page)).toBeFocused();
  const { keyboard } = ada.page;
  const focused = ada.page.getByRole("article").and(ada.page.locator(":focus"));
  await expect(ada.page.locator("#m-200")).toHaveCount(0);
  await ada.page.evaluate(() => (location.hash = "#m-200"));
  await expect(focused).toHaveText(/Line 200(\D|$)/);
  await expect(focused).toBeInViewport();

  // What has the focus stays, and so does what arrows reach from it.
  await scrollTo(ada.page, 1);
  await expect(messages(ada.page).last()).toBeInViewport();
  for (const [key, text] of [
    ["ArrowUp", /Line 199(\D|$)/],
    ["Home", /Line 1(\D|$)/],
    ["ArrowDown", /Line 2(\D|$)/],
    ["End", new RegExp(`Line ${ALL},`)],
    ["ArrowUp", new RegExp(`Line ${ALL - 1}(\\D|$)`)],
  ] as const) {
    await keyboard.press(key);
    await expect(focused).toHaveText(text);
    await expect(focused).toBeInViewport();
  }
});
