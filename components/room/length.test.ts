import { describe, expect, it } from "vitest";
import { MAX_TEXT_CHARACTERS } from "@/lib/protocol/limits";
import { charactersLeft, counterFrom, leftWords } from "./length";

describe("the counter", () => {
  it("says nothing while there is room", () => {
    expect(charactersLeft("")).toBeNull();
    expect(
      charactersLeft("x".repeat(MAX_TEXT_CHARACTERS - counterFrom(MAX_TEXT_CHARACTERS) - 1)),
    ).toBeNull();
  });

  it("says nothing of an empty field, however short the limit", () => {
    expect(charactersLeft("", 280)).toBeNull();
    expect(charactersLeft("x".repeat(251), 280)).toBeNull();
    expect(charactersLeft("x".repeat(252), 280)).toBe(28);
    expect(charactersLeft("", 1)).toBeNull();
  });

  it("counts what the room counts: code points, without space around", () => {
    expect(charactersLeft("x".repeat(MAX_TEXT_CHARACTERS))).toBe(0);
    expect(charactersLeft(` ${"x".repeat(MAX_TEXT_CHARACTERS)}\n`)).toBe(0);
    expect(charactersLeft("👩".repeat(MAX_TEXT_CHARACTERS))).toBe(0);
    expect(charactersLeft("👩".repeat(MAX_TEXT_CHARACTERS / 2 + 10))).toBeNull();
  });

  it("tells how many are too many", () => {
    const left = charactersLeft("x".repeat(MAX_TEXT_CHARACTERS + 12));
    expect(leftWords(left ?? 0)).toBe("12 too many");
    expect(leftWords(120)).toBe("120 left");
  });
});
