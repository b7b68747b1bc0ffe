import { describe, expect, it } from "vitest";
import { queryAt } from "./query";

/** `|` is the caret. */
const at = (marked: string) => {
  const caret = marked.indexOf("|");
  return queryAt(marked.replace("|", ""), caret);
};

describe("what can be completed", () => {
  it.each([
    ["@|", { kind: "person", from: 0, typed: "" }],
    ["hi @Ad| there", { kind: "person", from: 3, typed: "Ad" }],
    ["@Ada Lo|", { kind: "person", from: 0, typed: "Ada Lo" }],
    ["(@g|", { kind: "person", from: 1, typed: "g" }],
    ["@\u5f20|", { kind: "person", from: 0, typed: "\u5f20" }],
    [":th|", { kind: "emoji", from: 0, typed: "th" }],
    ["nice :+1|", { kind: "emoji", from: 5, typed: "+1" }],
    ["nice\n:thumbs_up|", { kind: "emoji", from: 5, typed: "thumbs_up" }],
  ])("%j", (marked, expected) => expect(at(marked)).toEqual(expected));

  it.each([
    "|",
    "ada@ex|",
    "@ |",
    "@Ada\n|",
    ":)|",
    ":D|",
    "12:30|",
    "https://x|",
    "::th|",
    "a|@Ada",
  ])("nothing in %j", (marked) => expect(at(marked)).toBeNull());

  it("is found as quickly at the end of a long text", () => {
    const text = `${"@a :bc ".repeat(3_000)}@Gr`;
    expect(queryAt(text, text.length)).toEqual({
      kind: "person",
      from: text.length - 3,
      typed: "Gr",
    });
  });
});
