import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientFrame } from "../protocol/client-frames";
import { parseClientFrame } from "../protocol/parse";
import { ROLES, type Role } from "../protocol/values";
import type { RoomEvent } from "./events";
import { World } from "./testing/world";

/** Every frame a client may send, by name: taken from the schema, so that none is forgotten. */
const FIELDS = ClientFrame.options.map(({ entries }) => ({
  type: entries.type.literal as string,
  names: Object.keys(entries).filter((name) => name !== "type"),
}));

const user = fc.constantFrom("me", "owner", "moderator", "member", "reader", "nobody");
/** What a field may hold where all is well, or nearly so. */
const GOOD: Record<string, fc.Arbitrary<unknown>> = {
  id: fc.string({ minLength: 1, maxLength: 64 }),
  token: fc.string({ minLength: 1 }),
  text: fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("", " ", "x".repeat(4_001))),
  replyTo: fc.nat(9),
  seq: fc.nat(9),
  emoji: fc.oneof(fc.constantFrom("🎉", "👍🏽", "x", "__proto__"), fc.string()),
  on: fc.boolean(),
  status: fc.constantFrom("active", "away"),
  before: fc.nat(9),
  after: fc.nat(9),
  limit: fc.integer({ min: 1, max: 100 }),
  user,
  reason: fc.string({ maxLength: 220 }),
  seconds: fc.integer({ min: 0, max: 100_000 }),
};
const JUNK = fc.oneof(
  fc.constantFrom(null, true, -1, 0.5, 1e308, "", "\ud800", "__proto__", [], {}, { length: 1e9 }),
  fc.jsonValue(),
);

/** A frame of one type as it should be, or with fields missing, spoilt or added. */
const frameOf = ({ type, names }: (typeof FIELDS)[number]) => {
  const good = Object.fromEntries(names.map((name) => [name, GOOD[name] ?? JUNK]));
  const optional = fc.record(good, { requiredKeys: [] });
  const spoilt = fc.tuple(fc.record(good), fc.constantFrom(...names), JUNK);
  return fc
    .oneof(
      fc.record(good),
      optional,
      spoilt.map(([fields, name, junk]) => ({ ...fields, [name]: junk })),
      fc.tuple(fc.record(good), fc.dictionary(fc.string(), JUNK)).map(([a, b]) => ({ ...b, ...a })),
    )
    .map((fields) => ({ ...fields, type }));
};

/** A room with somebody of each role, some messages, a mute, and `me` in one of the roles. */
function room(role: Role): World {
  const world = new World();
  for (const one of ROLES) world.join(`${one}1`, { role: one, user: { id: one, name: one } });
  world.join("me1", { role: "member", user: { id: "me", name: "Me" } });
  for (const one of ["me1", "member1", "owner1"]) world.send(one, `hello of ${one}`);
  world.do({ type: "role", user: "me", role });
  return world;
}

/** What must be as it was where a frame was refused: everything but how much may still be asked. */
const whole = ({ state, stored }: World) => {
  const { connections, people, config: _, buckets: _buckets, ...rest } = state;
  return JSON.stringify({
    rest: { ...rest, typing: [...state.typing] },
    connections: [...connections.values()].map(({ kept }) => kept),
    people: [...people.values()],
    stored: [...stored],
  });
};
const eventOf = (raw: string): RoomEvent => {
  const read = parseClientFrame(raw);
  return read.ok
    ? { type: "frame", connection: "me1", frame: read.frame }
    : { type: "unreadable", connection: "me1", code: read.code, id: read.id };
};

describe.each(FIELDS)("$type", (fields) => {
  it("is read field by field: nothing gets in that is not in its schema, and nothing throws", () => {
    fc.assert(
      fc.property(frameOf(fields), (frame) => {
        const read = parseClientFrame(JSON.stringify(frame));
        if (read.ok) {
          const known = ["type", ...fields.names];
          expect(Object.keys(read.frame).filter((name) => !known.includes(name))).toEqual([]);
          expect(read.frame.type).toBe(fields.type);
        } else {
          const { id } = frame as { id?: unknown };
          if (read.id !== undefined) expect(read.id).toBe(id);
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
    );
  });

  it("is always answered, and where it is refused nothing has changed; never does it throw", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLES), frameOf(fields), (role, frame) => {
        const world = room(role);
        world.forget("me1");
        const before = whole(world);
        const event = eventOf(JSON.stringify(frame));
        world.do(event);
        const heard = world.heard("me1");
        const refused = heard.some((one) => one.type === "error");
        if (refused) expect(whole(world)).toBe(before);
        const id = event.type === "frame" && "id" in event.frame ? event.frame.id : undefined;
        if (id !== undefined) expect(heard.some((one) => "id" in one && one.id === id)).toBe(true);
        if (event.type === "unreadable") expect(refused).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

it("any run of frames leaves a room whose numbers, people and store agree", () => {
  const any = fc.oneof(...FIELDS.map(frameOf));
  const run = fc.array(fc.tuple(fc.constantFrom("me1", "owner1", "moderator1", "reader1"), any), {
    minLength: 5,
    maxLength: 30,
  });
  fc.assert(
    fc.property(run, (frames) => {
      const world = room("member");
      for (const [connection, frame] of frames) {
        const event = eventOf(JSON.stringify(frame));
        world.do({ ...event, connection } as RoomEvent);
        world.now += 150;
      }
      const { state } = world;
      const seqs = world.messages().map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: state.seq }, (_, i) => i + 1));
      for (const { kept } of state.connections.values()) {
        expect(state.people.has(kept.user.id)).toBe(true);
      }
      const { connections: before, seq } = state;
      world.restart();
      expect([world.state.seq, [...world.state.connections.keys()]]).toEqual([
        seq,
        [...before.keys()],
      ]);
    }),
    { numRuns: 60 },
  );
});
