import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDown, readUp, write, type DownFrame, type UpFrame } from "./trunk-frames";

const pass = {
  user: { id: "ada", name: "Ada 🦊", picture: "https://example.com/ada.png" },
  sid: "session",
  room: "general",
  role: "member" as const,
  jti: "token",
  issuedAt: 1,
  presentableUntil: 2,
  leaseMs: 3,
  sessionEndsAt: 4,
};
const connection = "3f0f6a53-5d0d-4f1e-9c0b-0f4f3f8a9b1c";

const line = fc.nat(100_000);
const text = fc.string({ unit: "binary", maxLength: 40 });
const resume = fc.record({ epoch: fc.constant("e1"), after: fc.nat() });
const up: fc.Arbitrary<UpFrame> = fc.oneof(
  fc.record({
    ...{ type: fc.constant("opened" as const), line, connection: fc.constant(connection) },
    ...{ pass: fc.constant(pass), resume },
  }),
  fc.record({ type: fc.constant("said" as const), line, text }),
  fc.record({ type: fc.constant("binary" as const), line }),
  fc.record({ type: fc.constant("ended" as const), line }),
  fc.record({ type: fc.constant("ping" as const) }),
);
const down: fc.Arbitrary<DownFrame> = fc.oneof(
  fc.record({ type: fc.constant("deliver" as const), to: fc.array(line, { minLength: 1 }), text }),
  fc.record({
    ...{ type: fc.constant("close" as const), line, reason: fc.string() },
    code: fc.integer({ min: 1000, max: 4999 }),
  }),
  fc.record({ type: fc.constant("pong" as const) }),
);

describe("what goes over a trunk", () => {
  it("arrives as it was, in its order, whatever the texts are", () => {
    fc.assert(
      fc.property(fc.array(up), (frames) => {
        expect(write(frames).flatMap((batch) => readUp(batch) ?? ["unreadable"])).toEqual(frames);
      }),
    );
    fc.assert(
      fc.property(fc.array(down), (frames) => {
        expect(write(frames).flatMap((batch) => readDown(batch) ?? ["unreadable"])).toEqual(frames);
      }),
    );
  });

  it("is one text for a turn, and more only where an engine would not carry it", () => {
    const said = (length: number): UpFrame => ({ type: "said", line: 1, text: "€".repeat(length) });
    expect(write(Array.from({ length: 100 }, () => said(100)))).toHaveLength(1);
    const much = write(Array.from({ length: 60 }, () => said(16_385)));
    expect(much.length).toBeLessThan(6);
    for (const batch of much) expect(Buffer.byteLength(batch)).toBeLessThan(2 ** 20);
    const crowd: DownFrame = {
      type: "deliver",
      to: Array.from({ length: 20_000 }, (_, at) => 100_000 + at),
      text: "€".repeat(256 * 1024),
    };
    for (const batch of write([crowd])) expect(Buffer.byteLength(batch)).toBeLessThan(2 ** 20);
  });

  it.each([
    ["bytes", new ArrayBuffer(4)],
    ["no list", '{"type":"ping"}\n'],
    ["no end of the list", '[{"type":"ping"}]'],
    ["no JSON", "[\n"],
    ["a frame of no known kind", '[{"type":"hello"}]\n'],
    ["a field more", '[{"type":"ping","x":1}]\n'],
    ["a text that is too short", '[{"type":"said","line":1,"length":3}]\nab'],
    ["a text that is too long", '[{"type":"said","line":1,"length":3}]\nabcd'],
    ["a length below nothing", '[{"type":"said","line":1,"length":-1}]\n'],
    ["what only a room says", '[{"type":"pong"}]\n'],
    ["somebody with a role of their own", opened({ ...pass, role: "admin" })],
    ["somebody with a field of their own", opened({ ...pass, isAdmin: true })],
    ["somebody without a session", opened({ ...pass, sid: undefined })],
  ])("is refused by a room as a whole: %s", (_what, data) => {
    expect(readUp(data)).toBeNull();
  });

  it.each([
    ["what only a relay says", '[{"type":"ping"}]\n'],
    ["a code that is none", '[{"type":"close","line":1,"code":999,"reason":""}]\n'],
    ["a recipient that is none", '[{"type":"deliver","to":["1"],"length":1}]\na'],
  ])("is refused by a relay as a whole: %s", (_what, data) => {
    expect(readDown(data)).toBeNull();
  });
});

function opened(of: object): string {
  return `${JSON.stringify([{ type: "opened", line: 1, connection, pass: of }])}\n`;
}
