import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMentions, namesToFind } from "./mentions";

const names = namesToFind(
  ["Ada", "Ada Lovelace", "Grace", "Jr.", "Łukasz", "\u5f20\u4f1f"],
  "Grace",
);
const found = (text: string) =>
  findMentions(text, names).flatMap((piece) => (piece.kind === "mention" ? [piece.text] : []));

describe("mentions", () => {
  it.each([
    ["hello @Ada!", ["@Ada"]],
    ["@ada, @GRACE and @łukasz", ["@ada", "@GRACE", "@łukasz"]],
    ["@Ada Lovelace wrote to @Ada", ["@Ada Lovelace", "@Ada"]],
    ["(@Grace)", ["@Grace"]],
    ["@\u5f20\u4f1f \u4f60\u597d", ["@\u5f20\u4f1f"]],
    ["@@Ada", ["@Ada"]],
    ["@Jr.x", ["@Jr."]],
  ])("are found in %j", (text, expected) => expect(found(text)).toEqual(expected));

  it.each(["ada@example.com", "x@Ada", "@Adam", "@Ada_x", "@Ada\u0301", "@ Ada", "@", "@nobody"])(
    "are not made of %j",
    (text) => expect(found(text)).toEqual([]),
  );

  it("tell one's own name apart", () => {
    expect(findMentions("@Grace @Ada", names)).toEqual([
      { kind: "mention", text: "@Grace", mine: true },
      { kind: "text", text: " " },
      { kind: "mention", text: "@Ada", mine: false },
    ]);
  });

  it("change nothing of the text", () => {
    const part = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("@", "Ada", " ", "İ"));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        const pieces = findMentions(text, names);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      }),
    );
  });
});
