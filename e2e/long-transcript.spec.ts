import type { Page } from "@playwright/test";
import { enter, expect, messages, type Person, test as base, transcript } from "./fixtures";

const ALL = 600;
/** Ten heights of the transcript either way, and the first and last stretch. */
const MOST_DRAWN = 480;

const nextFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
const scrollTo = (page: Page, share: number) =>
  transcript(page).evaluate((log, at) => (log.scrollTop = at * log.scrollHeight), share);

const test = base.extend<{ long: { ada: Person; id: string } }>({
  /** Somebody at the beginning of a long room, all of which was loaded by scrolling up. */
  long: async ({ person, room, fill }, use) => {
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
