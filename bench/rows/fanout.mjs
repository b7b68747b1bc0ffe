import { setTimeout as wait } from "node:timers/promises";
import { costOf, inTurns, withPeer } from "../lib/measured.mjs";
import { isOurs, OURS, PEERS } from "../lib/peers.mjs";

/** Messages that each who talks keeps on their way: enough that no server ever waits for the next. */
const IN_FLIGHT = 16;
const CASES = [
  { id: "200/20", people: 200, talkers: 20, bar: 8 },
  { id: "200/100", people: 200, talkers: 100, bar: 15 },
  { id: "1000/20", people: 1_000, talkers: 20, bar: 8 },
];

const ROUNDS = 3;

/** Deliveries per second of the server's processor time, with everybody who talks talking at full speed. */
export async function fanout({ quick, only, say }) {
  const names = Object.keys(PEERS).filter((peer) => !PEERS[peer].only);
  const results = [];
  for (const { id, people, talkers, bar } of CASES) {
    if (only && !only.includes(id)) continue;
    const turns = await inTurns(names, quick ? 1 : ROUNDS, async (name) => {
      const turn = await saturated(name, { people, talkers, seconds: quick ? 3 : 5 });
      const { perCpuSecond, perSecond, cpu, lost } = turn;
      say(
        `fan-out ${id} ${name}: ${perCpuSecond} per CPU s, ${perSecond} per s, CPU ${cpu.toFixed(2)}${lost ? `, ${lost} sockets lost` : ""}`,
      );
      return turn;
    });
    const figures = Object.fromEntries(names.map((name) => [name, middleOf(turns[name])]));
    const others = Object.entries(figures).filter(([name]) => !isOurs(name));
    const [best, { perCpuSecond }] = others.reduce((a, b) =>
      b[1].perCpuSecond > a[1].perCpuSecond ? b : a,
    );
    const ratio = figures[OURS].perCpuSecond / perCpuSecond;
    results.push({
      what: `fan-out, ${people} clients, ${talkers} talking, saturated, deliveries per server CPU second`,
      measured: `${figures[OURS].perCpuSecond.toLocaleString("en")}, ${ratio.toFixed(2)} × the best peer (${PEERS[best].label}, ${perCpuSecond.toLocaleString("en")})`,
      bar: `≥ ${bar} × the best peer`,
      met: ratio >= bar,
      fanout: { id, figures },
    });
  }
  return results;
}

const middleOf = (turns) =>
  turns.toSorted((a, b) => a.perCpuSecond - b.perCpuSecond)[Math.floor(turns.length / 2)];

const saturated = (name, { people, talkers, seconds }) =>
  withPeer(name, async ({ peer, crowd }) => {
    await crowd.connect(people, talkers);
    await crowd.tell("saturate", { inFlight: IN_FLIGHT });
    await wait(2_000);
    const before = await crowd.tell("count");
    const cost = await costOf(peer, () => wait(seconds * 1_000));
    const after = await crowd.tell("count");
    await crowd.tell("quiet");
    const deliveries = after.delivered - before.delivered;
    return {
      perCpuSecond: Math.round(deliveries / cost.cpuSeconds),
      perSecond: Math.round(deliveries / cost.seconds),
      cpu: cost.cpuSeconds / cost.seconds,
      lost: after.closed,
    };
  });
