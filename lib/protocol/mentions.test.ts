import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileUnder, filesIn, findMentions, mentionedIn, namesToFind } from "./mentions";

const people = ["Ada", "Ada Lovelace", "Grace", "Jr.", "Łukasz", "\u5f20\u4f1f"].map((name) => ({
  id: name,
  name,
}));
const names = namesToFind(people, "Grace");
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
      { kind: "mention", text: "@Grace", ids: ["Grace"], mine: true },
      { kind: "text", text: " " },
      { kind: "mention", text: "@Ada", ids: ["Ada"], mine: false },
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

describe("a first name", () => {
  const meant = (text: string, ...people: [id: string, name: string][]) =>
    mentionedIn(
      text,
      people.map(([id, name]) => ({ id, name })),
    );
  const ada = ["a", "Ada Lovelace"] as const;

  it("is enough where one person has it", () => {
    expect(meant("@ada, look", [...ada], ["g", "Grace Hopper"])).toEqual(["a"]);
    expect(meant("@Ada Lovelace and @Ada", [...ada])).toEqual(["a"]);
  });

  it("means nobody where two have it, also where they have the whole name in common", () => {
    expect(meant("@Ada", [...ada], ["b", "Ada Byron"])).toEqual([]);
    expect(meant("@Ada", [...ada], ["b", "Ada Lovelace"])).toEqual([]);
    expect(meant("@Ada Lovelace", [...ada], ["b", "Ada Lovelace"])).toEqual(["a", "b"]);
  });

  it("means the one whose whole name it is", () => {
    expect(meant("@Ada", [...ada], ["b", "ada"])).toEqual(["b"]);
  });

  it("means one person under an older and a newer name", () => {
    expect(meant("@Ada", [...ada], ["a", "Ada King"])).toEqual(["a"]);
  });

  it.each(["@Adam", "x@Ada", "@Ad", "@A"])("is not found in %j", (text) =>
    expect(meant(text, [...ada], ["b", "A Person"])).toEqual([]),
  );
});

it("a name is found in the file that a mention of it leads to", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 64 });
  const known = fc.constantFrom("Ada Lovelace", "Jr.", "-x-", "Łukasz Z", "İpek", "Ada-Lou Smith");
  fc.assert(
    fc.property(fc.oneof(name, known), fc.string({ unit: "binary" }), (name, after) => {
      const text = `${name} @${name}${after}`;
      const ids = mentionedIn(text, [{ id: "x", name }]);
      if (ids.length > 0) expect(filesIn(text, 1_000)).toContain(fileUnder(name));
    }),
    { numRuns: 2_000 },
  );
});

it("no more names are looked up than asked for", () => {
  const text = Array.from({ length: 50 }, (_, index) => `@name${index}`).join(" ");
  expect(filesIn(text, 20)).toHaveLength(20);
  expect(filesIn("nobody, mail@example.com", 20)).toEqual([]);
});
