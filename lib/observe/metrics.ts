import "server-only";
import type { Family, Labels } from "./exposition";

/** What the app counts; docs/OPERATION.md tells what each is for. Labels are closed sets, never ids. */
const COUNTERS = {
  guestlist_http_requests_total: "Answers of API routes, by area and status.",
  guestlist_sign_ins_total: "Sign-ins, by outcome.",
  guestlist_tokens_total: "Party tokens asked for, by use; minted, or the code of the refusal.",
  guestlist_password_ranges_total:
    "New passwords looked up in a list of breached ones: breached, clear, or unknown.",
  guestlist_throttle_hits_total: "Attempts that a limit of the app refused, by limit.",
  guestlist_party_calls_total:
    "Rooms told of an end, a removal, a role or a name: heard, or silent.",
  guestlist_revocations_total:
    "Rooms that did not confirm: told again until told_late or given_up.",
  guestlist_queue_refused_total: "Jobs refused because a queue was full or too slow.",
  guestlist_errors_total: "Errors that nobody expected, by where.",
} as const;
/** Histograms share their buckets: milliseconds to the longest that a request waits. */
const HISTOGRAMS = {
  guestlist_http_request_seconds: "Time to answer of API routes, by area.",
  guestlist_queue_wait_seconds: "Waits before a job began, by queue.",
  guestlist_database_seconds: "Calls of the database, waits for its lock included, by outcome.",
} as const;
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type CounterName = keyof typeof COUNTERS;
export type HistogramName = keyof typeof HISTOGRAMS;

interface Distribution {
  labels: Labels;
  buckets: number[];
  sum: number;
  count: number;
}
interface Counts {
  counters: Map<string, { name: CounterName; labels: Labels; value: number }>;
  histograms: Map<string, Distribution & { name: HistogramName }>;
}

// Kept on the process: a bundle may hold this file more than once, and they must count as one.
const shared = globalThis as { guestlistCounts?: Counts };
const counts = (): Counts =>
  (shared.guestlistCounts ??= { counters: new Map(), histograms: new Map() });

const keyOf = (name: string, labels: Labels): string =>
  `${name} ${Object.entries(labels).flat().join(" ")}`;

export function count(name: CounterName, labels: Labels, by = 1): void {
  if (by === 0) return;
  const { counters } = counts();
  const key = keyOf(name, labels);
  const counter = counters.get(key);
  if (counter) counter.value += by;
  else counters.set(key, { name, labels, value: by });
}

export function observe(name: HistogramName, labels: Labels, ms: number): void {
  const { histograms } = counts();
  const key = keyOf(name, labels);
  let found = histograms.get(key);
  if (!found) {
    found = { name, labels, buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
    histograms.set(key, found);
  }
  const seconds = ms / 1000;
  found.sum += seconds;
  found.count++;
  const place = BUCKETS.findIndex((limit) => seconds <= limit);
  if (place >= 0) found.buckets[place]!++;
}

/** Everything counted since this process began, as families of Prometheus. */
export function countedFamilies(): Family[] {
  const { counters, histograms } = counts();
  return [
    ...entries(COUNTERS).map(([name, help]) => ({
      name,
      type: "counter" as const,
      help,
      samples: [...counters.values()].filter((counter) => counter.name === name),
    })),
    ...entries(HISTOGRAMS).map(([name, help]) => ({
      name,
      type: "histogram" as const,
      help,
      samples: [...histograms.values()].filter((one) => one.name === name).flatMap(samplesOf),
    })),
  ];
}

function samplesOf({ labels, buckets, sum, count: total }: Distribution) {
  let below = 0;
  const each = BUCKETS.map((limit, place) => {
    below += buckets[place]!;
    return { suffix: "_bucket", labels: { ...labels, le: String(limit) }, value: below };
  });
  return [
    ...each,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: total },
    { suffix: "_sum", labels, value: sum },
    { suffix: "_count", labels, value: total },
  ];
}

const entries = <K extends string>(record: Record<K, string>): [K, string][] =>
  Object.entries(record) as [K, string][];
