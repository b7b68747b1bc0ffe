import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerFrame } from "../lib/protocol/server-frames";
import type { Effect } from "../lib/room/events";
import { gather, LONG_CHARACTERS, type Delivery } from "./outgoing";
import { MAX_CHARACTERS } from "./texts";

const pong = (id: string): ServerFrame => ({ type: "pong", id });
const IDS = ["a", "b", "c", "d"];
/** Most are short; some are so long that a few of them are more than one text may hold. */
const text = fc.oneof(
  { weight: 9, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((some) => "x".repeat(some * 60_000)) },
);
const ack = (id: string): ServerFrame => ({ type: "ack", id, seq: 1, ts: 2 });
const late = (to: string[], ...frames: ServerFrame[]): Effect => ({
  ...{ type: "send", to, frames, late: true },
});
const effect: fc.Arbitrary<Effect> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("send" as const),
      to: fc.subarray(IDS, { minLength: 1 }),
      frames: fc.array(text.map(pong), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...IDS),
        fc.array(fc.string().map(ack), { minLength: 1, maxLength: 2 }),
      )
      .map(([id, frames]) => late([id], ...frames)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...IDS).map((connection) => ({
      ...{ type: "close" as const, connection },
      ...{ code: 4403 as const, reason: "forbidden" },
    })),
  },
  { weight: 1, arbitrary: fc.constant({ type: "count" as const, what: "messages" as const }) },
);

const isAck = (heard: unknown): boolean => (heard as { type?: string }).type === "ack";

/** One crowd at the most, and little besides: told as it is. */
function isLittle(effects: readonly Effect[]): boolean {
  const sends = effects.filter((one) => one.type === "send");
  return (
    sends.length <= 2 &&
    sends.filter(({ to }) => to.length > 1).length <= 1 &&
    sends.every(({ frames }) => frames.length === 1) &&
    effects.every(({ type }) => type !== "close")
  );
}

/** Who hears nothing of their own but what may come late, and stays, while many are told much. */
function isLate(effects: readonly Effect[], id: string): boolean {
  if (isLittle(effects)) return false;
  const sends = effects.filter((one) => one.type === "send");
  const own = sends.filter(({ to }) => to.length === 1 && to[0] === id);
  const frames = sends.filter(({ to }) => to.length > 1).flatMap((one) => one.frames);
  const characters = frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
  const ends = effects.some((one) => one.type === "close" && one.connection === id);
  return characters >= LONG_CHARACTERS && own.every((one) => one.late) && !ends;
}

/** What a connection hears if every effect is carried out by itself. */
function oneByOne(effects: readonly Effect[], id: string): unknown[] {
  const heard: unknown[] = [];
  for (const one of effects) {
    if (one.type === "close" && one.connection === id) return [...heard, "closed"];
    if (one.type === "send" && one.to.includes(id)) heard.push(...one.frames);
  }
  return heard;
}

function all(effects: readonly Effect[]): Pick<Delivery, "to" | "text">[] {
  return [...gather(effects).deliveries].map(({ to, but, text }) => ({
    to: to.filter((id) => !but?.has(id)),
    text,
  }));
}

function gathered(effects: readonly Effect[], id: string): unknown[] {
  const { closings } = gather(effects);
  const heard = all(effects)
    .filter(({ to }) => to.includes(id))
    .flatMap(({ text }) => [JSON.parse(text) as unknown].flat());
  return closings.some(({ connection }) => connection === id) ? [...heard, "closed"] : heard;
}

describe("what is gathered", () => {
  it("is for each connection what it would have heard one by one, in that order, up to its end; what may come late comes last where there is much", () => {
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 30 }), (effects) => {
        for (const id of IDS) {
          const heard = oneByOne(effects, id);
          const acks = heard.filter(isAck);
          const expected = isLate(effects, id)
            ? [...heard.filter((frame) => !isAck(frame)), ...acks]
            : heard;
          expect(gathered(effects, id)).toEqual(expected);
        }
      }),
    );
  });

  it("is as it was sent where it is one message and its acknowledgement: no two crowds, no end", () => {
    const said: Effect = { type: "send", to: IDS, frames: [pong("said")] };
    const acked = late(["a"], ack("a1"));
    const told = (...effects: Effect[]) => all(effects).map(({ to }) => to);
    expect(told(acked, said)).toEqual([["a"], IDS]);
    expect(told(acked, said, said)).toEqual([["a"], ["b", "c", "d"]]);
    expect(told(said, said)).toEqual([IDS]);
    expect(told({ type: "send", to: IDS, frames: [] })).toEqual([]);
    const end: Effect = { type: "close", connection: "a", code: 4403, reason: "forbidden" };
    expect(told(said, end)).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("is one text for all who hear the same, each frame made once", () => {
    let made = 0;
    const frame = { type: "pong", toJSON: () => (made++, { type: "pong" }) } as ServerFrame;
    const deliveries = all([
      { type: "send", to: ["a"], frames: [pong("only a")] },
      { type: "send", to: IDS, frames: [frame] },
      { type: "send", to: IDS, frames: [frame] },
    ]);
    expect(made).toBe(2);
    expect(deliveries.map(({ to }) => to)).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("is one text for all who hear the same of much, whoever may hear something else late", () => {
    const much = pong("x".repeat(LONG_CHARACTERS));
    const deliveries = all([
      late(["a"], ack("a1")),
      { type: "send", to: IDS, frames: [much] },
      { type: "send", to: ["b"], frames: [pong("only b")] },
    ]);
    expect(deliveries.map(({ to }) => to)).toEqual([["b"], ["a", "c", "d"], ["a"]]);
  });

  it("is no text for nobody, where each of a crowd hears something of their own", () => {
    const own = IDS.map((id): Effect => ({ type: "send", to: [id], frames: [pong(id)] }));
    const deliveries = all([...own, { type: "send", to: IDS, frames: [pong("all")] }]);
    expect(deliveries.map(({ to }) => to)).toEqual(IDS.map((id) => [id]));
  });

  it("is a frame and no array where it is one", () => {
    const deliveries = all([{ type: "send", to: ["a"], frames: [pong("x")] }]);
    expect(deliveries).toEqual([{ to: ["a"], text: '{"type":"pong","id":"x"}' }]);
  });

  it("is never longer than engines carry, and no shorter than it need be", () => {
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 30 }), (effects) => {
        fc.pre(!isLittle(effects));
        const heard = new Map<string, string[]>();
        for (const { to, text } of all(effects))
          for (const id of to) heard.set(id, [...(heard.get(id) ?? []), text]);
        for (const texts of heard.values()) {
          for (const text of texts) {
            const isOneFrame = !text.startsWith("[");
            expect(isOneFrame || text.length <= MAX_CHARACTERS + "[]".length).toBe(true);
          }
          texts.forEach((text, index) => {
            const next = texts[index + 1];
            if (next === undefined) return;
            const [first] = [JSON.parse(next) as unknown].flat();
            // What comes last is a text of its own.
            if (isAck(first)) return;
            expect(text.length + JSON.stringify(first).length).toBeGreaterThanOrEqual(
              MAX_CHARACTERS,
            );
          });
        }
      }),
    );
  });
});
