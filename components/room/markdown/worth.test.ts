import { describe, expect, it } from "vitest";
import { worthParsing } from "./worth";

describe("what is given to the parser", () => {
  it.each(["hello", "it's 5 > 3, isn't it?", "a-b", "see https://example.com", "2024 was a year"])(
    "%j is not: it has no markup",
    (text) => expect(worthParsing(text)).toBe(false),
  );

  it.each(["*a*", "a\n> b", "- a", "1. a", "`x`", "~~x~~", "[x](https://x.example)", "\\*"])(
    "%j is",
    (text) => expect(worthParsing(text)).toBe(true),
  );

  it("a long piece of code in a fence is, however many signs it has", () => {
    expect(worthParsing(`\`\`\`\n${"a[i] *= b[i];\n".repeat(200)}\`\`\``)).toBe(true);
  });

  it.each(["*a ".repeat(600), "> ".repeat(9), `${"- ".repeat(40)}x`, "[".repeat(1_000)])(
    "what only keeps a parser busy is not (%#)",
    (text) => expect(worthParsing(text)).toBe(false),
  );
});
