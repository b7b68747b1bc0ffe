import { describe, expect, it } from "vitest";
import { nobodyLeft, observe } from "./departures";

const look = (before: typeof nobodyLeft, ids: string[], now: number, live = true) =>
  observe(before, { ids, live, now });

describe("who left, and when", () => {
  it("is known of those who left while the page looked", () => {
    const after = look(look(nobodyLeft, ["ada", "bo"], 1_000), ["ada"], 5_000);
    expect([...after.left]).toEqual([["bo", 5_000]]);
  });

  it("is forgotten when they come back", () => {
    const gone = look(look(nobodyLeft, ["ada", "bo"], 1_000), ["ada"], 5_000);
    expect(look(gone, ["ada", "bo"], 6_000).left.size).toBe(0);
  });

  it("of those who left while the line was broken, the time it broke is what is known", () => {
    let seen = look(nobodyLeft, ["ada", "bo"], 1_000);
    seen = look(seen, ["ada", "bo"], 2_000, false);
    seen = look(seen, ["ada", "bo"], 3_000, false);
    seen = look(seen, ["ada"], 900_000);
    expect([...seen.left]).toEqual([["bo", 2_000]]);
    expect([...look(seen, [], 950_000).left]).toContainEqual(["ada", 950_000]);
  });

  it("is the same object while nothing is news", () => {
    const seen = look(nobodyLeft, ["ada"], 1_000);
    expect(look(seen, ["ada"], 2_000)).toBe(seen);
  });
});
