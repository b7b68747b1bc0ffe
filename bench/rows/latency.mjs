import { percentile } from "../lib/figures.mjs";
import { withPeers } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const BARE = "partykit-bare";
const LEAST = "partykit-least";
/** Who takes turns with a bare room, and how often. */
const BESIDE = [
  ["ws", 6],
  [LEAST, 14],
  [OURS, 36],
];
const PEOPLE = 200;

const TURN = { perSecond: 20, seconds: 2 };
/** What a room has said in its first half minute of the pace that is measured: its code is warm by then. */
const WARM_UP = { perSecond: 150, seconds: 5 };

/**
 * From the send of a message to its arrival at each of the clients, at a pace a busy room has. A host that
 * gives six hundredths of the processors' time to others adds more than half to the latency of whomever it meets,
 * for seconds: two servers are compared in turns so short that it meets both, and all their deliveries count.
 */
export async function latency({ quick, say }) {
  const found = await withPeers([BARE, ...BESIDE.map(([name]) => name)], async (stacks) => {
    for (const { crowd } of Object.values(stacks)) await crowd.connect(PEOPLE, 20);
    const all = {};
    for (const [name, rounds] of BESIDE) {
      all[name] = await besideBare(stacks[BARE].crowd, stacks[name].crowd, quick ? 3 : rounds);
      const ratios = ["p50", "p99"].map((share) => all[name].other[share] / all[name].bare[share]);
      say(
        `latency ${name}: ${ratios.map((ratio) => ratio.toFixed(2)).join(" and ")} × a bare room`,
      );
    }
    return all;
  });
  const figures = {
    ws: found.ws.other,
    [BARE]: found[OURS].bare,
    [LEAST]: found[LEAST].other,
    [OURS]: found[OURS].other,
  };
  const told = ({ bare, other }, share) =>
    `${(other[share] / bare[share]).toFixed(2)} × bare PartyKit (${other[share].toFixed(2)} and ${bare[share].toFixed(2)} ms)`;
  return ["p50", "p99"].map((share) => ({
    what: `latency at ${TURN.perSecond} messages a second to ${PEOPLE} clients, ${share}`,
    measured: `${told(found[OURS], share)}; the least room with the same promises ${told(found[LEAST], share)}`,
    bar: "≤ 1.2 × bare PartyKit",
    met: found[OURS].other[share] / found[OURS].bare[share] <= 1.2,
    ...(share === "p50" && { latency: figures }),
  }));
}

async function besideBare(bare, other, rounds) {
  for (const crowd of [bare, other]) await crowd.tell("pace", WARM_UP);
  const times = new Map([bare, other].map((crowd) => [crowd, []]));
  for (let round = 0; round < rounds; round++) {
    for (const crowd of round % 2 === 0 ? [bare, other] : [other, bare]) {
      times.get(crowd).push(await crowd.tell("pace", TURN));
    }
  }
  const figuresOf = (crowd) => {
    const all = times.get(crowd).flat();
    const [p50, p99] = [percentile(all, 0.5), percentile(all, 0.99)];
    return { p50, p99, curve: SHARES.map((share) => [share, percentile(all, share / 100)]) };
  };
  return { bare: figuresOf(bare), other: figuresOf(other) };
}

const SHARES = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9];
