import { cpus } from "node:os";
import { percentile } from "../lib/figures.mjs";
import { inTurns, untilQuiet, withPeers } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";
import { stolenSeconds } from "../lib/system.mjs";

const PEERS_MEASURED = ["ws", "partykit-bare", "partykit-least", OURS];
const PEOPLE = 200;

/** A disk and a host that others use make one turn of two slow: there are many short ones. */
const ROUNDS = 10;
const SECONDS = 8;
/** What a room has said in its first half minute of the pace that is measured: its code is warm by then. */
const WARM_UP = { perSecond: 150, seconds: 5 };

/**
 * From the send of a message to its arrival at each of the clients, at a pace a busy room has. A host that
 * gives six hundredths of the processors' time to others adds more than half to the latency of whomever it meets:
 * of each server the turns count in which it took no more than in the middle one, and of those the middle.
 */
export async function latency({ quick, say }) {
  const turns = await withPeers(PEERS_MEASURED, async (stacks) => {
    for (const { crowd } of Object.values(stacks)) {
      await crowd.connect(PEOPLE, 20);
      await crowd.tell("pace", WARM_UP);
    }
    return inTurns(PEERS_MEASURED, quick ? 3 : ROUNDS, async (name) => {
      const turn = await paced(stacks[name]);
      const { p50, p99, stolen } = turn;
      say(
        `latency ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${(stolen * 100).toFixed(1)} % taken`,
      );
      return turn;
    });
  });
  const figures = figuresOf(
    turns,
    ({ stolen }, all) => stolen <= middle(all.map(({ stolen }) => stolen)),
  );
  const ofAll = figuresOf(turns, () => true);
  const [bare, least] = ["partykit-bare", "partykit-least"];
  return ["p50", "p99"].map((share) => {
    const ratio = (to, of = figures) => of[OURS][share] / of[to][share];
    const ms = (name) => `${figures[name][share].toFixed(2)} ms`;
    return {
      what: `latency at 20 messages a second to ${PEOPLE} clients, ${share}`,
      measured: `${ms(OURS)}, ${ratio(bare).toFixed(2)} × bare PartyKit (${ms(bare)}); ${ratio(least).toFixed(2)} × the least room with the same promises (${ms(least)}); of all turns ${ratio(bare, ofAll).toFixed(2)} and ${ratio(least, ofAll).toFixed(2)} ×`,
      bar: "≤ 1.2 × bare PartyKit",
      met: ratio(bare) <= 1.2,
      ...(share === "p50" && { latency: figures }),
    };
  });
}

async function paced({ peer, crowd }) {
  await untilQuiet(peer, 3_000);
  // A room that nobody talked in while others had their turn may sleep: that it wakes is another figure.
  await crowd.tell("pace", { perSecond: 20, seconds: 1 });
  const before = stolenSeconds();
  const from = performance.now();
  const times = await crowd.tell("pace", { perSecond: 20, seconds: SECONDS });
  const seconds = (performance.now() - from) / 1_000;
  const stolen = (stolenSeconds() - before) / seconds / cpus().length;
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return { p50, p99, stolen, curve: curveOf(times) };
}

/** The middle of each figure, of the turns that count. */
const figuresOf = (turns, counts) =>
  Object.fromEntries(
    Object.entries(turns).map(([name, all]) => {
      const some = all.filter((turn) => counts(turn, all));
      return [
        name,
        {
          p50: middle(some.map(({ p50 }) => p50)),
          p99: middle(some.map(({ p99 }) => p99)),
          curve: SHARES.map((share, at) => [share, middle(some.map(({ curve }) => curve[at]))]),
        },
      ];
    }),
  );

const SHARES = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9];
const curveOf = (times) => SHARES.map((share) => percentile(times, share / 100));
const middle = (values) => percentile(values, 0.5);
