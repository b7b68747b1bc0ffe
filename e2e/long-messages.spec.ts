import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectFits, SMALL_PHONE } from "./fits";
import { enter, expect, messages, say, signedIn, test, transcript } from "./fixtures";

const paragraph = (n: number) => `Paragraph ${n} ${"has a few words more, ".repeat(12)}`.trim();
const LONG = [
  ...Array.from({ length: 12 }, (_, n) => paragraph(n + 1)),
  "And the last word is: marmalade.",
].join("\n");

const long = (page: Page) => messages(page).filter({ hasText: "marmalade" });
const more = (page: Page) => page.getByRole("button", { name: "Show more" });
const less = (page: Page) => page.getByRole("button", { name: "Show less" });
const boxOf = (page: Page) =>
  long(page).evaluate((article) => {
    const { top, height } = article.getBoundingClientRect();
    return { top: Math.round(top), height: Math.round(height) };
  });
/** What follows a change of height has done so by then. */
const painted = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

test("a long message is folded, and opening or closing it leaves the reader where they are", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  await fill(id, 20);
  await enter(page, id);
  for (const text of [LONG, "After it"]) await say(page, text);
  await expect(messages(page)).toHaveCount(22);
  await expect(more(page)).toHaveCount(1);
  const folded = await boxOf(page);
  expect(folded.height).toBeLessThan(400);
  await expectAccessible(page);
  // At the end of the transcript, which is followed where one only reads along.
  await more(page).click();
  await painted(page);
  const open = await boxOf(page);
  expect(open.height).toBeGreaterThan(700);
  expect(open.top).toBe(folded.top);
  await less(page).click();
  await painted(page);
  expect((await boxOf(page)).height).toBe(folded.height);
  await expect(more(page)).toBeInViewport();
  await expect(more(page)).toBeFocused();
});

test("by keyboard, too: the arrows within a message lead to it", async ({ person, room }) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  await say(page, LONG);
  await expect(more(page)).toHaveCount(1);
  await transcript(page).focus();
  for (const key of ["ArrowUp", "Enter", "ArrowLeft"]) await page.keyboard.press(key);
  await expect(more(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(less(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(more(page)).toBeFocused();
});

test("a folded message hides nothing: it is read out and copied whole, and what is found in it shows", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  await say(page, LONG);
  await expect(more(page)).toHaveCount(1);
  await expect(transcript(page)).toMatchAriaSnapshot(`
    - article:
      - paragraph: /Paragraph 1 .+marmalade\\./
      - button "Show more"
  `);
  const copied = await long(page)
    .getByRole("paragraph")
    .last()
    .evaluate((words) => {
      getSelection()!.selectAllChildren(words);
      return String(getSelection());
    });
  expect(copied).toBe(LONG);
  await expect(more(page)).toHaveCount(1);
  // What searches in the page, and links to words of it, lead to words in the same way.
  await page.evaluate(() => (location.hash = ":~:text=marmalade"));
  await expect(less(page)).toHaveCount(1);
  await painted(page);
  const [hit, view] = await long(page)
    .getByRole("paragraph")
    .last()
    .evaluate((words) => {
      const found = document.createRange();
      found.setStart(words.firstChild!, words.textContent!.indexOf("marmalade"));
      found.setEnd(words.firstChild!, words.textContent!.length);
      const log = words.closest("[role=log]")!;
      return [found, log].map((one) => one.getBoundingClientRect().toJSON() as DOMRect);
    });
  expect(hit!.top).toBeGreaterThanOrEqual(view!.top);
  expect(hit!.bottom).toBeLessThanOrEqual(view!.bottom);
});

test("who follows a link to a long message reads it whole, from its beginning", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  await enter(page, id);
  await say(page, LONG);
  for (let line = 1; line <= 20; line++) await say(page, `Line ${line}`);
  await expect(messages(page)).toHaveCount(21);
  await expect(more(page)).toHaveCount(1);
  await page.goto(`/rooms/${id}#m-1`);
  await expect(less(page)).toHaveCount(1);
  await expect(long(page)).toBeFocused();
  await painted(page);
  await expect(long(page).getByText("Paragraph 1 ")).toBeInViewport();
  const { top } = await boxOf(page);
  const edge = await transcript(page).evaluate((log) => log.getBoundingClientRect().top);
  expect(Math.abs(top - edge)).toBeLessThan(40);
});

test("it fits a small phone, folded and whole", async ({ stranger, account, room, person }) => {
  const { page } = await signedIn(await stranger(SMALL_PHONE), await account("Bo"));
  await enter(page, await room(await person("Ada")));
  await say(page, LONG);
  await expect(more(page)).toHaveCount(1);
  await expectFits(page, "folded");
  await more(page).tap();
  await expect(less(page)).toHaveCount(1);
  await expectFits(page, "whole");
});
