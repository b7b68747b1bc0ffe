import { parseArgs } from "node:util";
import { engineOf, takeEngine } from "../scripts/lib/engines/names.mjs";
import { say } from "./lib/figures.mjs";
import { HAS_PROC, machine } from "./lib/system.mjs";
import { judge, PARTS } from "./load/judge.mjs";
import { storm } from "./load/storm.mjs";
import { talk } from "./load/talk.mjs";

/**
 * Whether a party holds under load what docs/THREATS.md promises, with the limits as shipped:
 * `npm run check:load -- --seconds 600`. `--only room,attack` runs some parts, each for so many
 * seconds; a soak is `--only soak --seconds 28800`. `--engine cloudflare` is the other shell. Fails
 * where a promise does not hold.
 */
const RUNS = {
  room: (seconds) => talk({ rooms: 1, members: 200, perSecond: 20, seconds, say }),
  fanout: (seconds) => talk({ rooms: 1, members: 100, talkers: 1, perSecond: 5, seconds, say }),
  rooms: (seconds) => talk({ rooms: 200, members: 10, perSecond: 100, seconds, say }),
  attack: (seconds) =>
    talk({ rooms: 1, members: 200, perSecond: 20, seconds, attacked: true, say }),
  storm: () => storm({ people: 1_000, say }),
  /** Thirty percent of a busy room, and leases as short as tokens. */
  soak: (seconds) => talk({ rooms: 1, members: 200, perSecond: 6, leaseSeconds: 60, seconds, say }),
};

const { values } = parseArgs({
  args: takeEngine(process.argv.slice(2), process.env),
  options: {
    seconds: { type: "string", default: "600" },
    only: { type: "string", default: Object.keys(RUNS).join(",") },
  },
});
const seconds = Number(values.seconds);
const asked = values.only.split(",");
const unknown = asked.filter((name) => !(name in RUNS));
const problem = !HAS_PROC
  ? "Processor time and memory are read from /proc, which this system does not have."
  : !(seconds >= 10)
    ? "--seconds takes a number, 10 at the least."
    : unknown.length > 0
      ? `No such part: ${unknown}. There are: ${Object.keys(RUNS).join(" ")}`
      : null;
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

const { cores, model, node, pinned } = machine();
say(
  `${engineOf(process.env.PARTY_ENGINE)}, ${cores} cores of ${model}, Node ${node}${pinned ? ", server and clients on cores of their own" : ""}`,
);
const verdicts = [];
for (const name of asked) {
  say(`\n${name} (${PARTS[name].promise})`);
  const run = await RUNS[name](seconds);
  for (const note of run.notes) say(`  ${note}`);
  verdicts.push(...judge(name, run));
}

const word = (holds) => (holds === null ? "-" : holds ? "holds" : "BROKEN");
const width = (of) => Math.max(...verdicts.map((one) => of(one).length));
const [whats, figures] = [width(({ what }) => what), width(({ figure }) => figure)];
say();
for (const { promise, what, figure, holds } of verdicts) {
  say(`${promise}  ${what.padEnd(whats)}  ${figure.padEnd(figures)}  ${word(holds)}`);
}
process.exit(verdicts.some(({ holds }) => holds === false) ? 1 : 0);
