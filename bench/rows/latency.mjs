import { percentile } from "../lib/figures.mjs";
import { inTurns, untilQuiet, withPeers } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const PEERS_MEASURED = ["ws", "partykit-bare", "partykit-least", OURS];
const PEOPLE = 200;

/** A disk and a host that others use make one turn of two slow: there are many short ones. */
const ROUNDS = 15;
/** What a room has said in its first half minute of the pace that is measured: its code is warm by then. */
const WARM_UP = { perSecond: 150, seconds: 5 };

/**
 * From the send of a message to its arrival at each of the clients, at a pace a busy room has. A ratio is
 * taken within a round, and the middle of all rounds counts.
 */
export async function latency({ quick, say }) {
  const turns = await withPeers(PEERS_MEASURED, async (stacks) => {
    for (const { crowd } of Object.values(stacks)) {
      await crowd.connect(PEOPLE, 20);
      await crowd.tell("pace", WARM_UP);
    }
    return inTurns(PEERS_MEASURED, quick ? 3 : ROUNDS, async (name) => {
      const turn = await paced(stacks[name]);
      const { p50, p99, deliveries } = turn;
      say(`latency ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${deliveries}`);
      return turn;
    });
  });
  const figures = Object.fromEntries(
    Object.entries(turns).map(([name, all]) => [
      name,
      {
        p50: middle(all.map(({ p50 }) => p50)),
        p99: middle(all.map(({ p99 }) => p99)),
        curve: SHARES.map((share, at) => [share, middle(all.map(({ curve }) => curve[at]))]),
      },
    ]),
  );
  const [bare, least] = ["partykit-bare", "partykit-least"];
  return ["p50", "p99"].map((share) => {
    const ratio = (name, to) =>
      middle(turns[name].map((turn, round) => turn[share] / turns[to][round][share]));
    const ms = (name) => `${figures[name][share].toFixed(2)} ms`;
    return {
      what: `latency at 20 messages a second to ${PEOPLE} clients, ${share}`,
      measured: `${ms(OURS)}, ${ratio(OURS, bare).toFixed(2)} × bare PartyKit (${ms(bare)}); ${ratio(OURS, least).toFixed(2)} × the least room with the same promises (${ms(least)})`,
      bar: "≤ 1.2 × bare PartyKit",
      met: ratio(OURS, bare) <= 1.2,
      ...(share === "p50" && { latency: figures }),
    };
  });
}

async function paced({ peer, crowd }) {
  await untilQuiet(peer, 3_000);
  const times = await crowd.tell("pace", { perSecond: 20, seconds: 5 });
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  return { p50, p99, curve: curveOf(times), deliveries: times.length };
}

const SHARES = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9];
const curveOf = (times) => SHARES.map((share) => percentile(times, share / 100));
const middle = (values) => percentile(values, 0.5);
