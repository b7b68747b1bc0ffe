import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkify } from "./linkify";

const links = (text: string) =>
  linkify(text).flatMap((piece) => (piece.kind === "link" ? [piece.text] : []));

describe("links in messages", () => {
  it.each([
    ["see https://example.com.", ["https://example.com"]],
    [
      "(https://en.wikipedia.org/wiki/Plum_(fruit))",
      ["https://en.wikipedia.org/wiki/Plum_(fruit)"],
    ],
    ["https://example.com/a?b=c&d=%20#e, and", ["https://example.com/a?b=c&d=%20#e"]],
    ["HTTP://EXAMPLE.COM/x", ["HTTP://EXAMPLE.COM/x"]],
    ["https://a.example https://b.example", ["https://a.example", "https://b.example"]],
    ["[https://example.com]!?", ["https://example.com"]],
    ["http://localhost:3000/rooms", ["http://localhost:3000/rooms"]],
  ])("are found in %j", (text, expected) => expect(links(text)).toEqual(expected));

  it.each([
    "javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "JaVaScRiPt://https://evil",
    "data:text/html,<script>",
    "vbscript:x",
    "//evil.example",
    "https://bank.example@evil.example/",
    "https://",
    "http://[::bad",
    "example.com",
    "file:///etc/passwd",
    "ftp://example.com",
    "xhttps:/\\evil",
  ])("are not made of %j", (text) => {
    for (const link of links(text)) expect(link).toMatch(/^https?:\/\/evil$/);
  });

  it("end before characters that turn the direction of text", () => {
    expect(links("https://example.com/\u202egpj.exe")).toEqual(["https://example.com/"]);
  });

  it("change nothing of the text and lead to http or https only", () => {
    const text = fc.array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 8 }),
        fc.constantFrom("https://", "http://a.b", "javascript:", ")", "(", ".", "@", "\\", "\n"),
      ),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const given = parts.join("");
        const pieces = linkify(given);
        expect(pieces.map((piece) => piece.text).join("")).toBe(given);
        for (const piece of pieces) {
          if (piece.kind === "link") expect(new URL(piece.href).protocol).toMatch(/^https?:$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
