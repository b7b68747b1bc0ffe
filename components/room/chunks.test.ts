import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MessageView } from "@/lib/client/types";
import { CHUNK_MESSAGES, chunksOf } from "./chunks";
import { rowsOf } from "./group";

const evening = new Date(2025, 10, 21, 21, 0).getTime();
const message = (seq: number, by = "a", ts = evening + seq): MessageView => ({
  key: `k${seq}`,
  id: `i${seq}`,
  seq,
  user: { id: by, name: by },
  text: "hello",
  ts,
  state: "sent",
  mine: false,
});
const pending = (id: string, by = "me"): MessageView => {
  const { seq: _, ...rest } = message(0, by);
  return { ...rest, key: id, id, state: "pending", mine: true };
};
const talk = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => message(from + at, (from + at) % 3 ? "a" : "b"));

describe("the chunks of a transcript", () => {
  it("hold every message once, in order, and begin rows only where the whole would", () => {
    const any = fc.array(
      fc.record({ by: fc.constantFrom("a", "b"), after: fc.integer({ min: 0, max: 9e6 }) }),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 500 }), (given, first) => {
        let ts = evening;
        const messages = given.map(({ by, after }, at) => message(first + at, by, (ts += after)));
        const chunks = chunksOf(messages, []);
        expect(chunks.flatMap((chunk) => chunk.messages)).toEqual(messages);
        expect(new Set(chunks.map(({ key }) => key)).size).toBe(chunks.length);
        const days = (rows: ReturnType<typeof rowsOf>) => rows.filter(({ kind }) => kind === "day");
        const apart = chunks.flatMap((chunk) => rowsOf(chunk.messages, chunk));
        expect(days(apart)).toEqual(days(rowsOf(messages)));
      }),
    );
  });

  it("stay the same objects where nothing changed: newer below, older above", () => {
    const middle = talk(5 * CHUNK_MESSAGES, 200);
    const before = chunksOf(middle, []);
    const newer = chunksOf([...middle, message(9_000)], before);
    expect(newer.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before.slice(0, -1).forEach((chunk, at) => expect(newer[at]).toBe(chunk));
    const older = chunksOf([...talk(50, 150), ...middle], before);
    before.slice(1).forEach((chunk) => expect(older).toContain(chunk));
  });

  it("cut what one person says without end, and always at the same places", () => {
    const monologue = Array.from({ length: 600 }, (_, at) => message(400 + at));
    const chunks = chunksOf(monologue.slice(50), []);
    expect(Math.max(...chunks.map(({ messages }) => messages.length))).toBeLessThan(
      3 * CHUNK_MESSAGES,
    );
    const earlier = chunksOf(monologue, chunks);
    chunks.slice(2).forEach((chunk) => expect(earlier).toContain(chunk));
  });

  it("keep a message where it was once it has its number", () => {
    const stored = talk(CHUNK_MESSAGES - 2);
    const [sending] = chunksOf([...stored, pending("p")], []);
    const sent = { ...pending("p"), seq: CHUNK_MESSAGES - 1 };
    const [after] = chunksOf([...stored, sent], []);
    expect(after?.key).toBe(sending?.key);
    expect(after?.messages).toHaveLength(sending?.messages.length ?? 0);
  });
});
