import { chromium } from "playwright";
import { findBrowser } from "../../scripts/lib/browser.mjs";
import { build } from "../../scripts/lib/build.mjs";
import { makeSecret } from "../../scripts/lib/keys.mjs";
import { ownStack } from "../../scripts/lib/own-stack.mjs";
import { each, signIn, signUp } from "./people.mjs";

/** A room with a long past, in a real browser, with the app and the party as they are deployed. */

const WORDS =
  "the door list lamp stairs bread record guest evening coat room window table late again".split(
    " ",
  );

/**
 * Starts all of it, has so many messages said, and gives `use` the page of somebody signed in.
 * @param {number} messages
 * @param {(room: {page: import("playwright").Page, url: string, emptyUrl: string, say: () => Promise<unknown>}) => Promise<T>} use
 *   `url` is the room's, `emptyUrl` a page's with nothing on it; `say` has somebody say one more
 * @returns {Promise<T>}
 * @template T
 */
export async function withRoomPage(messages, use) {
  const apiKey = makeSecret();
  await build({ quiet: true });
  const stack = await ownStack({ PARTY_API_KEY: apiKey });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const speak = (index) => {
    // Somebody says one to seven things in a row, of one to some forty words.
    const author = `guest-${Math.floor(index / (1 + (Math.floor(index / 50) % 7))) % 9}`;
    const text = Array.from(
      { length: 1 + ((index * 7) % 41) },
      (_, at) => WORDS[(index + at) % 15],
    );
    return fetch(`http://${stack.partyHost}/parties/main/general/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ id: `bench-${index}`, text: text.join(" "), as: author }),
    });
  };
  try {
    await each(Array.from({ length: messages }), (_, index) => speak(index), 24);
    let said = messages;
    const page = await openedPage(browser, stack.url);
    return await use({
      page,
      ...{ url: `${stack.url}/rooms/general`, emptyUrl: `${stack.url}/no-such-page` },
      say: () => speak(said++),
    });
  } finally {
    await browser.close();
    await stack.stop();
  }
}

async function openedPage(browser, url) {
  const { headers } = await signIn(url, await signUp(url));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    headers.cookie.split("; ").map((pair) => {
      const [name, ...value] = pair.split("=");
      return { name, value: value.join("="), url };
    }),
  );
  const page = await context.newPage();
  await page.addInitScript(() => {
    const marks = (window.marks = {});
    const look = () => {
      const status = document.querySelector("[role=status][aria-label=Connection]");
      if (document.querySelector("[role=log] article")) marks.message ??= performance.now();
      if (status?.textContent?.startsWith("Live")) marks.live ??= performance.now();
      if (!marks.message || !marks.live) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return page;
}

/**
 * Milliseconds from navigation until the first message and "Live" are painted, for each of so many
 * visits after the first, as in daily use.
 */
export async function openings({ page, url }, visits = 5) {
  const times = { message: [], live: [] };
  for (let visit = 0; visit <= visits; visit++) {
    await page.goto(url);
    await page.waitForFunction(() => window.marks.message && window.marks.live);
    const marks = await page.evaluate(() => window.marks);
    if (visit === 0) continue;
    times.message.push(marks.message);
    times.live.push(marks.live);
  }
  return times;
}

/** Scrolls up until all that was ever said is loaded; milliseconds. */
export const loadAll = ({ page }) =>
  page.evaluate(async () => {
    const log = document.querySelector("[role=log]");
    const started = performance.now();
    while (!log.textContent.startsWith("This is where")) {
      log.scrollTop = 0;
      log.dispatchEvent(new Event("scroll"));
      // The party takes twenty questions a second.
      await new Promise((resolve) => setTimeout(resolve, 60));
      const again = [...log.querySelectorAll("[data-older]")].find((one) =>
        one.textContent.includes("Try"),
      );
      again?.click();
    }
    return performance.now() - started;
  });

/** Scrolls up from the end, so many pixels a frame, or far away at every tenth; milliseconds of each frame. */
export const scrolled = ({ page }, step, count) =>
  page.evaluate(
    async ({ count, step }) => {
      const log = document.querySelector("[role=log]");
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      log.scrollTop = log.scrollHeight;
      for (let at = 0; at < 30; at++) await nextFrame();
      const times = [];
      let last = await nextFrame();
      for (let at = 0; at < count; at++) {
        if (step) log.scrollTop -= step;
        else if (at % 10 === 0) log.scrollTop = ((at * 7919) % count) * (log.scrollHeight / count);
        const now = await nextFrame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { count, step },
  );
