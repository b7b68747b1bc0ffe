import { chromium } from "playwright";
import { findBrowser } from "../scripts/lib/browser.mjs";
import { build } from "../scripts/lib/build.mjs";
import { makeSecret } from "../scripts/lib/keys.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { percent, percentile, promise, say, spread } from "./lib/figures.mjs";
import { each, signIn, signUp } from "./lib/people.mjs";

/**
 * A room with a long past, in a real browser: how soon it is there, how it scrolls with all of it
 * loaded, what one more message costs then. `node bench/transcript.mjs [messages]`, 20 000 unless
 * told otherwise; some three minutes. Figures are of this machine, so let nothing else run on it.
 */
const MESSAGES = Number(process.argv[2] ?? 20_000);
const OPEN_WITHIN_MS = 1_000;
const SMOOTH_MS = 20;
const SMOOTH_SHARE = 0.95;
const WORK_MS = 4;
const FRAMES = 600;
const NEW_MESSAGES = 40;
const WORDS =
  "the door list lamp stairs bread record guest evening coat room window table late again".split(
    " ",
  );

const apiKey = makeSecret();
let session;
await build({ quiet: true });
const stack = await ownStack({ PARTY_API_KEY: apiKey });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

function speak(index) {
  // Somebody says one to seven things in a row, of one to some forty words.
  const author = `guest-${Math.floor(index / (1 + (Math.floor(index / 50) % 7))) % 9}`;
  const text = Array.from({ length: 1 + ((index * 7) % 41) }, (_, at) => WORDS[(index + at) % 15]);
  return fetch(`http://${stack.partyHost}/parties/main/general/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ id: `bench-${index}`, text: text.join(" "), as: author }),
  });
}

try {
  await each(Array.from({ length: MESSAGES }), (_, index) => speak(index), 24);
  const page = await openedPage();
  await opening(page);
  await loadAll(page);
  await scrolling(page);
  await oneMore(page);
} finally {
  await browser.close();
  await stack.stop();
}

async function openedPage() {
  const { headers } = await signIn(stack.url, await signUp(stack.url));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    headers.cookie.split("; ").map((pair) => {
      const [name, ...value] = pair.split("=");
      return { name, value: value.join("="), url: stack.url };
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

/** From the press on the link until a message and "Live" are painted; the second visit, as in daily use. */
async function opening(page) {
  const times = { message: [], live: [] };
  for (let visit = 0; visit < 6; visit++) {
    await page.goto(`${stack.url}/rooms/general`);
    await page.waitForFunction(() => window.marks.message && window.marks.live);
    const marks = await page.evaluate(() => window.marks);
    if (visit === 0) continue;
    times.message.push(marks.message);
    times.live.push(marks.live);
  }
  say(`opening a room of ${MESSAGES} messages: first message ${spread(times.message, [0.5])}`);
  const live = percentile(times.live, 0.5);
  promise(
    `Live within ${OPEN_WITHIN_MS} ms`,
    spread(times.live, [0.5]),
    live <= OPEN_WITHIN_MS && percentile(times.message, 0.5) <= OPEN_WITHIN_MS,
  );
}

async function loadAll(page) {
  const ms = await page.evaluate(async () => {
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
  say(`all of it loaded in ${(ms / 1000).toFixed(0)} s`);
}

/** Durations in milliseconds since the first call, and what is in memory now. */
async function figures(page) {
  if (!session) {
    session = await page.context().newCDPSession(page);
    // Time of the thread, not of the clock: other programs on the machine do not count.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
  }
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const all = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const ms = (name) => all[`${name}Duration`] * 1_000;
  return {
    work: { script: ms("Script"), layout: ms("Layout"), style: ms("RecalcStyle") },
    nodes: all.Nodes,
    heapMb: all.JSHeapUsedSize / 2 ** 20,
  };
}

/** What the main thread did between two looks, for each of `count` things. */
function workFor(before, after, count) {
  return Object.entries(after.work)
    .map(([name, ms]) => `${name} ${((ms - before.work[name]) / count).toFixed(1)} ms`)
    .join(", ");
}

async function scrolling(page) {
  for (const [name, step] of [
    ["reading", 24],
    ["fast", 240],
    ["jumping", 0],
  ]) {
    const before = await figures(page);
    const frames = await page.evaluate(
      async ({ FRAMES, step }) => {
        const log = document.querySelector("[role=log]");
        const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        log.scrollTop = log.scrollHeight;
        for (let at = 0; at < 30; at++) await nextFrame();
        const times = [];
        let last = await nextFrame();
        for (let at = 0; at < FRAMES; at++) {
          if (step) log.scrollTop -= step;
          else if (at % 10 === 0)
            log.scrollTop = ((at * 7919) % FRAMES) * (log.scrollHeight / FRAMES);
          const now = await nextFrame();
          times.push(now - last);
          last = now;
        }
        return times;
      },
      { FRAMES, step },
    );
    const smooth = frames.filter((ms) => ms < SMOOTH_MS).length / frames.length;
    const work = workFor(before, await figures(page), FRAMES);
    const line = `${percent(smooth)}; ${spread(frames, [0.5, 0.95])}; ${work} each`;
    if (step)
      promise(
        `frames under ${SMOOTH_MS} ms, ${name} (${step} px a frame)`,
        line,
        smooth >= SMOOTH_SHARE,
      );
    else say(`frames while ${name} far: ${line}`);
  }
  const { nodes, heapMb } = await figures(page);
  const shown = await page.evaluate(() => ({
    articles: document.querySelectorAll("[role=log] article").length,
    elements: document.querySelectorAll("*").length,
  }));
  say(
    `DOM: ${shown.elements} elements, ${nodes} nodes, ${shown.articles} messages; heap ${heapMb.toFixed(0)} MB`,
  );
}

/** What the page's main thread does for one message that comes in at the end. */
async function oneMore(page) {
  await page.evaluate(() => {
    const log = document.querySelector("[role=log]");
    log.scrollTop = log.scrollHeight;
  });
  await page.waitForTimeout(500);
  const before = await figures(page);
  for (let index = 0; index < NEW_MESSAGES; index++) {
    await speak(MESSAGES + index);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(300);
  const after = await figures(page);
  const script = (after.work.script - before.work.script) / NEW_MESSAGES;
  promise(
    `script for one more message at ${MESSAGES} under ${WORK_MS} ms`,
    workFor(before, after, NEW_MESSAGES),
    script < WORK_MS,
  );
}
process.exit();
