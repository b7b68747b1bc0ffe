import { setTimeout as wait } from "node:timers/promises";
import { build } from "../../scripts/lib/build.mjs";
import { ownStack } from "../../scripts/lib/own-stack.mjs";
import { percentile } from "../lib/figures.mjs";
import { each, signIn, signUp } from "../lib/people.mjs";
import { usage } from "../lib/system.mjs";

const PER_SECOND = 50;
const PEOPLE = 25;
const MB = 2 ** 20;
/** What a heap may grow between two looks without anything being kept. */
const NOISE_MB = 8;

/** The app's token route, from its production build, at a steady pace. */
export async function token({ quick, say }) {
  const seconds = quick ? 8 : 40;
  await build({ quiet: true });
  const stack = await ownStack({ LIMIT_TOKENS_PER_MINUTE: "100000" });
  try {
    const devices = await each(Array.from({ length: PEOPLE }), async () =>
      signIn(stack.url, await signUp(stack.url)),
    );
    const ask = async (index) => {
      const from = performance.now();
      const answer = await devices[index % PEOPLE].request("/api/party/token", {
        method: "POST",
        json: { room: "general", use: "connect" },
      });
      await answer.arrayBuffer();
      return { ms: performance.now() - from, status: answer.status };
    };
    const run = async (forSeconds) => {
      const asked = [];
      const start = performance.now();
      for (let at = 0; at < forSeconds * PER_SECOND; at++) {
        await wait(Math.max(0, start + (at * 1_000) / PER_SECOND - performance.now()));
        asked.push(ask(at));
      }
      return Promise.all(asked);
    };
    await run(quick ? 3 : 20);
    const before = usage(stack.app.pid).bytes;
    const answers = await run(seconds);
    const growth = (usage(stack.app.pid).bytes - before) / MB;
    const failed = answers.filter(({ status }) => status !== 200).length;
    const p99 = percentile(
      answers.map(({ ms }) => ms),
      0.99,
    );
    const found = `p99 ${p99.toFixed(1)} ms, ${failed} failed, ${growth.toFixed(1)} MB over ${answers.length} requests`;
    say(`token route: ${found}`);
    return [
      {
        what: `token route, ${PER_SECOND} requests a second`,
        measured: found,
        bar: `p99 < 100 ms, no growth in memory (≤ ${NOISE_MB} MB)`,
        met: p99 < 100 && failed === 0 && growth <= NOISE_MB,
      },
    ];
  } finally {
    await stack.stop();
  }
}
