import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MessageView } from "@/lib/client/types";
import type { Row } from "./group";
import { GROUP_MS, rowsOf } from "./group";

const evening = new Date(2025, 10, 21, 21, 0).getTime();
let count = 0;
const message = (by: string, ts: number, name = by): MessageView => ({
  key: `k${++count}`,
  id: `i${count}`,
  seq: count,
  user: { id: by, name },
  text: "hello",
  ts,
  state: "sent",
  mine: false,
});
const shape = (messages: MessageView[]) => shapeOf(rowsOf(messages));
const shapeOf = (rows: Row[]) =>
  rows.map((row) => (row.kind === "group" ? row.messages.length : row.kind));

describe("the transcript", () => {
  it("shares one name among messages of a person within five minutes", () => {
    const messages = [
      message("a", evening),
      message("a", evening + GROUP_MS),
      message("a", evening + 2 * GROUP_MS + 1),
    ];
    expect(shape(messages)).toEqual(["day", 2, 1]);
  });

  it("begins a new group with another person, or another name of the same one", () => {
    const messages = [
      message("a", evening),
      message("b", evening + 1),
      message("a", evening + 2),
      message("a", evening + 3, "renamed"),
    ];
    expect(shape(messages)).toEqual(["day", 1, 1, 1, 1]);
  });

  it("divides days, even within a minute of midnight", () => {
    const midnight = new Date(2025, 10, 22).getTime();
    expect(shape([message("a", midnight - 1), message("a", midnight)])).toEqual([
      "day",
      1,
      "day",
      1,
    ]);
  });

  it("parts what is new from what was read, also within a group", () => {
    const messages = [1, 2, 3].map((at) => message("a", evening + at));
    const newSeq = messages[1]!.seq!;
    expect(shapeOf(rowsOf(messages, { newSeq }))).toEqual(["day", 1, "new", 2]);
  });

  it("begins no day below a message of the same day", () => {
    const [before, after] = [message("a", evening), message("b", evening + 1)];
    expect(shapeOf(rowsOf([after], { before }))).toEqual([1]);
  });

  it("loses, doubles and reorders nothing", () => {
    const any = fc.array(
      fc.record({ by: fc.constantFrom("a", "b", "c"), after: fc.integer({ min: 0, max: 9e6 }) }),
    );
    fc.assert(
      fc.property(any, (given) => {
        let ts = evening;
        const messages = given.map(({ by, after }) => message(by, (ts += after)));
        const shown = rowsOf(messages).flatMap((row) => (row.kind === "group" ? row.messages : []));
        expect(shown).toEqual(messages);
      }),
    );
  });
});
