import { describe, expect, it } from "vitest";
import type { MessageView } from "@/lib/client/types";
import { firstNew, isBeyond, MAX_UNREAD_FETCHED, unreadOf } from "./visit";

const message = (seq: number, mine = false): MessageView => ({
  key: `k${seq}`,
  id: `i${seq}`,
  seq,
  user: { id: "a", name: "a" },
  text: "hello",
  ts: seq,
  state: "sent",
  mine,
});
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => message(first + at));

describe("what is new to a visitor", () => {
  it("begins right after what was read, and ends where the visit began", () => {
    expect(firstNew(from(1, 10), { readSeq: 6, seq: 9 }, false)).toBe(7);
    expect(firstNew(from(1, 10), { readSeq: 9, seq: 9 }, false)).toBeNull();
  });

  it("is what others said: one's own words of another device are not new", () => {
    const messages = [message(1), message(2, true), message(3)];
    expect(firstNew(messages, { readSeq: 1, seq: 3 }, false)).toBe(3);
    expect(firstNew(messages.slice(0, 2), { readSeq: 1, seq: 2 }, false)).toBeNull();
  });

  it("is not known while its beginning is not loaded", () => {
    expect(firstNew(from(51, 100), { readSeq: 40, seq: 100 }, true)).toBeNull();
    expect(firstNew(from(41, 100), { readSeq: 40, seq: 100 }, true)).toBe(41);
  });

  it("is nothing for somebody new to a long room, and all of a short one", () => {
    expect(firstNew(from(51, 100), { readSeq: 0, seq: 100 }, true)).toBeNull();
    expect(firstNew(from(1, 3), { readSeq: 0, seq: 3 }, false)).toBe(1);
  });

  it("is fetched where it begins before what is loaded, up to a bound", () => {
    const loaded = from(951, 1_000);
    expect(isBeyond(loaded, { readSeq: 900, seq: 1_000 }, true)).toBe(true);
    expect(isBeyond(loaded, { readSeq: 950, seq: 1_000 }, true)).toBe(false);
    expect(isBeyond(loaded, { readSeq: 999 - MAX_UNREAD_FETCHED, seq: 1_000 }, true)).toBe(false);
    expect(isBeyond(loaded, { readSeq: 0, seq: 1_000 }, true)).toBe(false);
  });
});

it("what waits below is what others said after what was read", () => {
  const unread = unreadOf([...from(1, 5), message(6, true), message(7)], 3);
  expect(unread.map(({ seq }) => seq)).toEqual([4, 5, 7]);
  expect(unreadOf(from(1, 2), 0)).toHaveLength(2);
  expect(unreadOf([], 0)).toEqual([]);
});
