import { percentile } from "../lib/figures.mjs";
import { inTurns, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const PEERS_MEASURED = ["ws", "partykit-bare", "partykit-durable", OURS];
const PEOPLE = 200;

const ROUNDS = 5;

/** From the send of a message to its arrival at each of the clients, at a pace a busy room has. */
export async function latency({ quick, say }) {
  const turns = await inTurns(PEERS_MEASURED, quick ? 1 : ROUNDS, async (name) => {
    const turn = await paced(name, quick ? 4 : 8);
    const { p50, p99, deliveries } = turn;
    say(`latency ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${deliveries}`);
    return turn;
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
  const bare = figures["partykit-bare"];
  const durable = figures["partykit-durable"];
  return ["p50", "p99"].map((share) => {
    const ratio = figures[OURS][share] / bare[share];
    return {
      what: `latency at 20 messages a second to ${PEOPLE} clients, ${share}`,
      measured: `${figures[OURS][share].toFixed(2)} ms, ${ratio.toFixed(2)} × bare PartyKit (${bare[share].toFixed(2)} ms), ${(figures[OURS][share] / durable[share]).toFixed(2)} × one that stores first (${durable[share].toFixed(2)} ms)`,
      bar: "≤ 1.2 × bare PartyKit",
      met: ratio <= 1.2,
      ...(share === "p50" && { latency: figures }),
    };
  });
}

const paced = (name, seconds) =>
  withPeer(name, async ({ crowd }) => {
    await crowd.connect(PEOPLE, 20);
    await crowd.tell("pace", { perSecond: 20, seconds: 2 });
    const times = await crowd.tell("pace", { perSecond: 20, seconds });
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
    return { p50, p99, curve: curveOf(times), deliveries: times.length };
  });

const SHARES = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9];
const curveOf = (times) => SHARES.map((share) => percentile(times, share / 100));
const middle = (values) => percentile(values, 0.5);
