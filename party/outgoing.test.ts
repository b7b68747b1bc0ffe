import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerFrame } from "../lib/protocol/server-frames";
import type { Effect } from "../lib/room/events";
import { gather } from "./outgoing";

const pong = (id: string): ServerFrame => ({ type: "pong", id });
const IDS = ["a", "b", "c", "d"];
const effect: fc.Arbitrary<Effect> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("send" as const),
      to: fc.subarray(IDS, { minLength: 1 }),
      frames: fc.array(fc.string().map(pong), { minLength: 1, maxLength: 3 }),
    }),
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

/** What a connection hears if every effect is carried out by itself. */
function oneByOne(effects: readonly Effect[], id: string): unknown[] {
  const heard: unknown[] = [];
  for (const one of effects) {
    if (one.type === "close" && one.connection === id) return [...heard, "closed"];
    if (one.type === "send" && one.to.includes(id)) heard.push(...one.frames);
  }
  return heard;
}

function gathered(effects: readonly Effect[], id: string): unknown[] {
  const { deliveries, closings } = gather(effects);
  const heard = deliveries
    .filter(({ to }) => to.includes(id))
    .flatMap(({ text }) => [JSON.parse(text) as unknown].flat());
  return closings.some(({ connection }) => connection === id) ? [...heard, "closed"] : heard;
}

describe("what is gathered", () => {
  it("is for each connection what it would have heard one by one, in that order, up to its end", () => {
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 30 }), (effects) => {
        for (const id of IDS) expect(gathered(effects, id)).toEqual(oneByOne(effects, id));
      }),
    );
  });

  it("is one text for all who hear the same, each frame made once", () => {
    let made = 0;
    const frame = { type: "pong", toJSON: () => (made++, { type: "pong" }) } as ServerFrame;
    const { deliveries } = gather([
      { type: "send", to: ["a"], frames: [pong("only a")] },
      { type: "send", to: IDS, frames: [frame] },
      { type: "send", to: IDS, frames: [frame] },
    ]);
    expect(made).toBe(2);
    expect(deliveries.map(({ to }) => to)).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("is a frame and no array where it is one", () => {
    const { deliveries } = gather([{ type: "send", to: ["a"], frames: [pong("x")] }]);
    expect(deliveries).toEqual([{ to: ["a"], text: '{"type":"pong","id":"x"}' }]);
  });

  it("is never longer than engines carry", () => {
    const frames = Array.from({ length: 9 }, () => pong("x".repeat(100_000)));
    const { deliveries } = gather([{ type: "send", to: ["a"], frames }]);
    expect(deliveries.length).toBeGreaterThan(1);
    for (const { text } of deliveries) expect(text.length).toBeLessThan(300_000);
    expect(deliveries.flatMap(({ text }) => [JSON.parse(text)].flat())).toEqual(frames);
  });
});
