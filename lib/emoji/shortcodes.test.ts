import data from "emojibase-data/en/data.json";
import names from "emojibase-data/en/shortcodes/cldr.json";
import aliases from "emojibase-data/en/shortcodes/emojibase.json";
import { describe, expect, it } from "vitest";
import { shortcodesOf } from "./shortcodes";

describe("the short list of emoji", () => {
  const list = shortcodesOf(data, names, aliases);

  it("has each emoji in its usual form, by its name and the names people know", () => {
    expect(list.find(([, name]) => name === "thumbs_up")).toEqual([
      "\u{1F44D}",
      "thumbs_up",
      expect.arrayContaining(["+1", "thumbsup"]),
    ]);
    expect(list.find(([, name]) => name === "red_heart")?.[0]).toBe("\u2764\uFE0F");
  });

  it("names every one in a way that can be typed after a colon, and none twice", () => {
    expect(list.length).toBeGreaterThan(1_500);
    for (const [emoji, name] of list) expect(name, emoji).toMatch(/^[\p{L}\p{N}_+’'.-]+$/u);
    expect(new Set(list.map(([, name]) => name)).size).toBe(list.length);
  });

  it("leaves out what is no emoji by itself", () => {
    expect(list.some(([emoji]) => /^[\u{1F1E6}-\u{1F1FF}]$/u.test(emoji))).toBe(false);
    expect(list.some(([emoji]) => emoji === "\u{1F3FB}")).toBe(false);
  });

  it("is small enough to fetch while one types", () => {
    expect(JSON.stringify(list).length).toBeLessThan(200_000);
  });
});
