import { bytesOver } from "../../scripts/lib/page-bytes.mjs";
import { percentile, spread } from "../lib/figures.mjs";
import { loadAll, openings, scrolled, withRoomPage } from "../lib/room-page.mjs";

const KB = 1_024;
const BUDGET_KB = 45;
const OPEN_WITHIN_MS = 1_000;
const SMOOTH_MS = 50;
const FRAMES = 600;
/** Pixels a frame: somebody who reads, and somebody who looks for something. */
const STEPS = [24, 240];

/** A room's page in a real browser: what it weighs, how soon it is there, how a long past scrolls. */
export async function page({ quick, say }) {
  const messages = quick ? 1_000 : 20_000;
  return withRoomPage(messages, async (room) => {
    const html = async (url) => (await room.page.request.get(url)).text();
    const { bytes } = bytesOver(await html(room.emptyUrl), await html(room.url));
    const times = await openings(room, quick ? 5 : 20);
    say(`all of it loaded in ${((await loadAll(room)) / 1_000).toFixed(0)} s`);
    const frames = [];
    for (const step of STEPS) frames.push(...(await scrolled(room, step, FRAMES)));
    const kb = bytes / KB;
    const [live, message] = [times.live, times.message].map((all) => percentile(all, 0.5));
    const slowest = percentile(frames, 0.99);
    return [
      {
        what: "scripts of a room's page over those of an empty one, gzip",
        measured: `${kb.toFixed(1)} KB`,
        bar: `≤ ${BUDGET_KB} KB`,
        met: kb <= BUDGET_KB,
      },
      {
        what: `from navigation to \`Live\` and to the first message, room of ${messages.toLocaleString("en")}, p50`,
        measured: `${live.toFixed(0)} ms and ${message.toFixed(0)} ms`,
        bar: "≤ 1 s",
        met: live <= OPEN_WITHIN_MS && message <= OPEN_WITHIN_MS,
      },
      {
        what: `frames while ${messages.toLocaleString("en")} loaded messages scroll, p99`,
        measured: spread(frames),
        bar: `≤ ${SMOOTH_MS} ms`,
        met: slowest <= SMOOTH_MS,
      },
    ];
  });
}
