import { describe, expect, it } from "vitest";
import { isLong } from "./long";

const lines = (count: number) => Array.from({ length: count }, () => "x").join("\n");

describe("a message that is folded", () => {
  it.each([
    ["hello", false],
    ["x".repeat(1_500), false],
    ["x".repeat(1_501), true],
    [lines(20), false],
    [lines(21), true],
    [`\`\`\`\n${lines(30)}\n\`\`\``, true],
  ])("%#: %j", (text, long) => expect(isLong(text)).toBe(long));
});
