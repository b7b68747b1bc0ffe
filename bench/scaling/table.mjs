import { memoryMib, monthly, smallest } from "./plan.mjs";

/** Rooms as they are asked for: people, and what all of them together say in a second. */
export const ROOMS = [
  { people: 200, perSecond: 20 },
  { people: 1_000, perSecond: 20 },
  { people: 5_000, perSecond: 20 },
  { people: 5_000, perSecond: 100 },
  { people: 10_000, perSecond: 20 },
  { people: 10_000, perSecond: 100 },
  { people: 100_000, perSecond: 20 },
  { people: 100_000, perSecond: 100 },
];

const whole = (value) => Math.round(value).toLocaleString("en");
const percent = (share) => `${Math.round(share * 100)} %`;

/** The Markdown table of what each room needs and costs. */
export function table(costs, object, prices) {
  const head = [
    "people",
    "messages a second",
    "objects",
    "sockets on one",
    "p50",
    "p99",
    "busiest",
    "memory of one",
    "a month",
  ];
  const rows = ROOMS.map((room) => {
    const found = smallest(room, { costs, object });
    if (!found)
      return [whole(room.people), whole(room.perSecond), "does not fit", "", "", "", "", "", ""];
    const { relays, connections, run } = found;
    const { duration, requests, rows } = monthly({ ...found, ...room, costs, prices });
    return [
      whole(room.people),
      whole(room.perSecond),
      relays === 0 ? "one" : `1 + ${relays}`,
      whole(connections),
      `${whole(run.p50)} ms`,
      `${whole(run.p99)} ms`,
      percent(Math.max(...Object.values(run.busy))),
      `${whole(memoryMib(connections, costs))} MiB`,
      `$${whole(duration + requests + rows)}`,
    ];
  });
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [head, head.map((_, at) => (at < 2 ? "---:" : "---")), ...rows].map(line).join("\n");
}
