import { describe, expect, it } from "vitest";
import { KINDS, planOf } from "./plan";

const STAGE = { tabs: ["ada/hall/1", "bo/hall/1"], users: ["ada", "bo"] };

describe("the adversary's plan", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(planOf(7, 60, STAGE)).toEqual(planOf(7, 60, STAGE));
    expect(planOf(7, 60, STAGE)).not.toEqual(planOf(8, 60, STAGE));
  });

  it("has every kind of fault, however short it is, in order and in time", () => {
    for (let seed = 0; seed < 50; seed++) {
      const plan = planOf(seed, 5, STAGE);
      expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(KINDS));
      const times = plan.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.max(...times)).toBeLessThanOrEqual(5_000);
    }
  });

  it("has more of them the longer it is", () => {
    const kills = planOf(1, 600, STAGE).filter(({ kind }) => kind === "kill");
    expect(kills.length).toBe(40);
    expect(new Set(kills.map((fault) => fault.kind === "kill" && fault.on)).size).toBe(3);
  });
});
