import { percentile } from "../lib/figures.mjs";

/** What each part of `npm run check:load` has to hold. The numbers are those of docs/THREATS.md. */
export const PARTS = {
  room: { promise: "P-01", p99Ms: 500 },
  fanout: { promise: "P-02", p95Ms: 100 },
  rooms: { promise: "P-03", p99Ms: 500 },
  attack: { promise: "P-07", p99Ms: 500 },
  storm: { promise: "P-06", backMs: 60_000 },
  soak: { promise: "P-05", p99Ms: 500 },
};

/** Below this a line through the samples says nothing: the runtime still warms up. */
const SLOPE_FROM_SECONDS = 120;
const WARM_UP_SHARE = 0.25;
const MIB = 2 ** 20;
/** What a fitted line may rise over a whole run: the larger of a share of the mean and this much. */
const MEMORY = { share: 0.1, least: 32 * MIB };
const CPU = { share: 0.25, least: 0.05 };
/** Clients that said less than they were to say prove nothing. */
const KEEPS_PACE = 0.95;

/**
 * @typedef {object} Talk members who talk at a pace
 * @property {number} seconds how long
 * @property {number} asked messages that were to be sent
 * @property {number} sent
 * @property {number} acknowledged
 * @property {number} refused answered by an error
 * @property {number} audience members of each room: how many are to hear a message
 * @property {number} delivered own messages at a member, each once
 * @property {number} missing numbers that a member was never told
 * @property {number} twice messages that a member was told again
 * @property {number} closed sockets of members that did not last
 * @property {Record<string, number>} latency deliveries by whole milliseconds from the send
 * @property {{at: number, cpu: number, bytes: number}[]} samples of the party: seconds since the
 *   start, cores in use since the sample before, resident bytes
 *
 * @typedef {object} Storm clients whose party was killed
 * @property {number} people
 * @property {number[]} backMs from the kill until each was live again; who was not is not in it
 * @property {number} heard of them, how many were told what was said afterwards
 *
 * @typedef {object} Verdict
 * @property {string} promise
 * @property {string} what
 * @property {string} figure
 * @property {boolean | null} holds null where the run is too short to tell
 */

/**
 * What a run shows of a promise. Pure: from what was counted to lines with a verdict each.
 * @param {keyof typeof PARTS} part
 * @param {Talk | Storm} run
 * @returns {Verdict[]}
 */
export function judge(part, run) {
  const { promise, ...bars } = PARTS[part];
  const lines = part === "storm" ? judgeStorm(run, bars) : judgeTalk(run, bars);
  return lines.map(([what, figure, holds]) => ({ promise, what, figure, holds }));
}

function judgeTalk(run, { p95Ms, p99Ms }) {
  const { asked, sent, acknowledged, refused, audience, delivered, missing, twice, closed } = run;
  const lost = sent - acknowledged - refused;
  const unheard = acknowledged * audience - delivered;
  const lines = [
    ["said at the pace", `${sent} of ${asked} messages`, sent > 0 && sent >= asked * KEEPS_PACE],
    ["lost or refused", `${lost} without an answer, ${refused} refused`, lost + refused === 0],
    [
      "heard by everybody, once",
      `${delivered} deliveries, ${unheard} lacking, ${missing} numbers missing, ${twice} twice`,
      unheard === 0 && missing === 0 && twice === 0,
    ],
    ["unexpected closes", String(closed), closed === 0],
  ];
  const late = (share, barMs) => {
    const ms = percentileOf(run.latency, share);
    const median = percentileOf(run.latency, 0.5);
    const figure = `${ms} ms (p50 ${median} ms, last ${percentileOf(run.latency, 1)} ms)`;
    lines.push([`p${share * 100} under ${barMs} ms`, figure, ms < barMs]);
  };
  if (p95Ms !== undefined) late(0.95, p95Ms);
  if (p99Ms !== undefined) late(0.99, p99Ms);
  lines.push(flat("memory is flat", run, "bytes", MEMORY, (n) => `${(n / MIB).toFixed(1)} MiB`));
  lines.push(flat("processor time is flat", run, "cpu", CPU, (n) => `${(n * 100).toFixed(1)} %`));
  return lines;
}

function judgeStorm({ people, backMs, heard }, bars) {
  const last = Math.max(...backMs, 0);
  return [
    ["everybody is back", `${backMs.length} of ${people}`, people > 0 && backMs.length === people],
    [
      `the last within ${bars.backMs / 1_000} s of the kill`,
      `p50 ${seconds(percentile(backMs, 0.5))}, p95 ${seconds(percentile(backMs, 0.95))}, last ${seconds(last)}`,
      backMs.length > 0 && last <= bars.backMs,
    ],
    ["hears what is said afterwards", `${heard} of ${people}`, heard === people],
  ];
}

const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

/** Whether a line through the samples, warming up left out, rises no more than it may. */
function flat(what, { seconds, samples }, field, { share, least }, tell) {
  const steady = samples.filter(({ at }) => at >= seconds * WARM_UP_SHARE);
  const values = steady.map((sample) => sample[field]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (seconds < SLOPE_FROM_SECONDS) {
    return [what, `${tell(mean)}; shorter than two minutes, not judged`, null];
  }
  const rise = slope(steady.map(({ at }, index) => [at, values[index]])) * seconds;
  const figure = `${tell(mean)}, ${rise < 0 ? "" : "+"}${tell(rise)} over the run`;
  return [what, figure, steady.length > 2 && rise <= Math.max(least, mean * share)];
}

/** Least squares: how much the second of each pair grows with one of the first. */
function slope(points) {
  const mean = (index) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [at, value] of points) {
    above += (at - x) * (value - y);
    below += (at - x) ** 2;
  }
  return above / below;
}

/** The millisecond within which that share of all deliveries had come; infinite where there were none. */
function percentileOf(counts, share) {
  const sorted = Object.entries(counts)
    .map(([ms, count]) => [Number(ms), count])
    .sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [ms, count] of sorted) {
    seen += count;
    if (seen >= all * share) return ms + 1;
  }
  return Infinity;
}
