import { describe, expect, it } from "vitest";
import { HUES, hueClass, initials } from "./person";

describe("initials", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["  Grace  Brewster Hopper ", "GH"],
    ["Ðorđe Čvorović", "ÐČ"],
    ["李 小龙", "李小"],
    ["👩‍🚀 Zoe", "👩‍🚀Z"],
    ["", "?"],
  ])("of %j are %j", (name, expected) => expect(initials(name)).toBe(expected));
});

describe("the colour of a person", () => {
  it("is the same every time and one of the wheel", () => {
    expect(hueClass("u_1")).toBe(hueClass("u_1"));
    expect(hueClass("u_1")).toMatch(/^person hue-\d+$/);
  });

  it("uses the whole wheel evenly", () => {
    const counts = new Map<string, number>();
    for (let id = 0; id < 2_400; id++) {
      const hue = hueClass(`user-${id}`);
      counts.set(hue, (counts.get(hue) ?? 0) + 1);
    }
    expect(counts.size).toBe(HUES);
    for (const count of counts.values()) expect(count).toBeGreaterThan(120);
  });
});
