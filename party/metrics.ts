import { exposition, PROMETHEUS_TYPE, type Family } from "../lib/observe/exposition";
import type { Effect } from "../lib/room/events";
import { json, text } from "./answers";

/** Counters of one room since it woke; they tell of load and trouble, not of people. */
export function createMetrics() {
  const counts = { messages: 0, refreshes: 0, rate_hits: 0 };
  const denials: Record<string, number> = {};
  const fanOut = { count: 0, totalMs: 0, maxMs: 0 };
  const snapshot = (): Snapshot => ({
    messages: counts.messages,
    refreshes: counts.refreshes,
    rateHits: counts.rate_hits,
    denials: { ...denials },
    fanOut: {
      count: fanOut.count,
      meanMs: fanOut.count === 0 ? 0 : fanOut.totalMs / fanOut.count,
      maxMs: fanOut.maxMs,
    },
  });
  return {
    count(effect: Extract<Effect, { type: "count" | "refused" }>): void {
      if (effect.type === "count") counts[effect.what]++;
      else denials[effect.reason] = (denials[effect.reason] ?? 0) + 1;
    },
    /** From the arrival of a frame to the last send it caused. */
    sent(ms: number): void {
      fanOut.count++;
      fanOut.totalMs += ms;
      fanOut.maxMs = Math.max(fanOut.maxMs, ms);
    },
    /** The counters beside what the room itself says (`look`). */
    answer: (form: "json" | "prometheus", look: Record<string, unknown>): Response =>
      form === "json"
        ? json({ ...look, ...snapshot() })
        : text(exposition(families(look, snapshot())), PROMETHEUS_TYPE),
  };
}

interface Snapshot {
  messages: number;
  refreshes: number;
  rateHits: number;
  denials: Record<string, number>;
  fanOut: { count: number; meanMs: number; maxMs: number };
}

function families(look: Record<string, unknown>, now: Snapshot): Family[] {
  const labels = { room: String(look.room) };
  const one = (type: "counter" | "gauge", name: string, help: string, value: unknown): Family => ({
    name: `guestlist_room_${name}`,
    type,
    help,
    samples: [{ labels, value: Number(value) }],
  });
  return [
    one("gauge", "people", "People in the room.", look.people),
    one("gauge", "connections", "Open connections.", look.connections),
    one("gauge", "seq", "Number of the last stored message.", look.seq),
    one("counter", "messages_total", "Messages stored since the room woke.", now.messages),
    one("counter", "refreshes_total", "Leases renewed on an open socket.", now.refreshes),
    one("counter", "rate_hits_total", "Frames refused by a rate limit.", now.rateHits),
    {
      name: "guestlist_room_denials_total",
      type: "counter",
      help: "Entries and frames refused, by reason.",
      samples: Object.entries(now.denials).map(([reason, value]) => ({
        labels: { ...labels, reason },
        value,
      })),
    },
    {
      name: "guestlist_room_fan_out_seconds",
      type: "summary",
      help: "From the arrival of a frame to the last send it caused.",
      samples: [
        { suffix: "_sum", labels, value: (now.fanOut.meanMs * now.fanOut.count) / 1000 },
        { suffix: "_count", labels, value: now.fanOut.count },
      ],
    },
    one("gauge", "fan_out_max_seconds", "The longest of them.", now.fanOut.maxMs / 1000),
  ];
}
