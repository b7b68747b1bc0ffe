import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseServerFrames } from "./parse";
import { ServerFrame } from "./server-frames";

/** Every frame a party may send, by name: taken from the schema, so that none is forgotten. */
const FIELDS = ServerFrame.options.map(({ entries }) => ({
  type: entries.type.literal as string,
  names: Object.keys(entries).filter((name) => name !== "type"),
}));

const user = { id: "ada", name: "Ada" };
const person = { ...user, role: "owner", status: "active", connections: 1, lastSeen: 1 };
const message = { seq: 1, id: "m", user, text: "hi", ts: 1 };
/** What fields hold where all is well; a field not named here holds a number. */
const GOOD: Record<string, unknown> = {
  ...{ id: "x", connection: "c", epoch: "e1", reason: "spam", name: "Hall", topic: null },
  ...{ user, by: user, users: [person], joined: [person], left: ["ada"], updated: [person] },
  ...{ role: "reader", room: { id: "general" }, recovered: true, hasMore: false },
  ...{ presence: [person], messages: [message], changed: [message], reactions: { "🎉": ["ada"] } },
  ...{ text: "hi", code: "forbidden", message: "No.", retryable: false, action: "kick" },
  ...{ mentions: ["ada"], deleted: true, deletedBy: "mo", deletedReason: "rude", archived: true },
  ...{ muted: { until: 1, reason: "loud" }, protocol: 1 },
  limits: {
    ...{ textCharacters: 1, frameBytes: 1, messagesPerSecond: 1, messagesBurst: 1 },
    ...{ messagesPerMinute: 1, historyPage: 1 },
  },
};
/** Fields that are an id here and a person elsewhere. */
const IDS = ["chat.deleted by", "mod.held user"];
const goodOf = (type: string, name: string): unknown =>
  IDS.includes(`${type} ${name}`) ? "ada" : name in GOOD ? GOOD[name] : 1;

const JUNK = fc.oneof(
  fc.constantFrom(null, true, -1, 0.5, 1e308, "", "\ud800", "__proto__", [], {}, { length: 1e9 }),
  fc.jsonValue(),
);

describe.each(FIELDS)("$type", ({ type, names }) => {
  const good = Object.fromEntries(names.map((name) => [name, goodOf(type, name)]));

  it("is read where it is as it should be, and of it only what its schema names", () => {
    const { frames, unknown } = parseServerFrames(
      JSON.stringify({ ...good, type, later: 1, constructor: 2 }),
    );
    expect(unknown).toBe(0);
    expect(Object.keys(frames[0] ?? {}).sort()).toEqual(["type", ...names].sort());
  });

  it("is read whole or left out and counted, whatever its fields hold; never does it throw", () => {
    const spoilt = fc.tuple(
      fc.subarray(names),
      fc.dictionary(fc.constantFrom(...names, "extra", "__proto__"), JUNK),
    );
    fc.assert(
      fc.property(spoilt, ([missing, junk]) => {
        const kept = Object.entries(good).filter(([name]) => !missing.includes(name));
        const raw = JSON.stringify({ ...Object.fromEntries(kept), ...junk, type });
        const { frames, unknown } = parseServerFrames(raw);
        expect(frames.length + unknown).toBe(1);
        for (const frame of frames) {
          const foreign = Object.keys(frame).filter((name) => ![...names, "type"].includes(name));
          expect([frame.type, foreign]).toEqual([type, []]);
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
