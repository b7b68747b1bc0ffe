import { percent, percentile, promise, say, spread } from "./lib/figures.mjs";
import { loadAll, openings, scrolled, withRoomPage } from "./lib/room-page.mjs";

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

let session;
await withRoomPage(MESSAGES, async (room) => {
  await opening(room);
  say(`all of it loaded in ${((await loadAll(room)) / 1000).toFixed(0)} s`);
  await scrolling(room);
  await oneMore(room);
});

/** From navigation until a message and "Live" are painted. */
async function opening(room) {
  const times = await openings(room);
  say(`opening a room of ${MESSAGES} messages: first message ${spread(times.message, [0.5])}`);
  const live = percentile(times.live, 0.5);
  promise(
    `Live within ${OPEN_WITHIN_MS} ms`,
    spread(times.live, [0.5]),
    live <= OPEN_WITHIN_MS && percentile(times.message, 0.5) <= OPEN_WITHIN_MS,
  );
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

async function scrolling(room) {
  const { page } = room;
  for (const [name, step] of [
    ["reading", 24],
    ["fast", 240],
    ["jumping", 0],
  ]) {
    const before = await figures(page);
    const frames = await scrolled(room, step, FRAMES);
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
async function oneMore({ page, say: speak }) {
  await page.evaluate(() => {
    const log = document.querySelector("[role=log]");
    log.scrollTop = log.scrollHeight;
  });
  await page.waitForTimeout(500);
  const before = await figures(page);
  for (let index = 0; index < NEW_MESSAGES; index++) {
    await speak();
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
