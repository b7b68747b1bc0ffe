import { describe, expect, it } from "vitest";
import { listNames } from "./names";

const names = new Map([
  ["ada", "Ada"],
  ["bo", "Bo"],
]);

describe("who reacted", () => {
  it.each([
    [["ada"], "ada", "you"],
    [["ada", "bo"], "ada", "Bo and you"],
    [["ada", "bo"], "cy", "Ada and Bo"],
    [["ada", "x", "y"], "bo", "Ada and 2 others"],
    [["x"], undefined, "1 other"],
  ])("%j seen by %s is %s", (ids, me, words) => expect(listNames(ids, names, me)).toBe(words));

  it("is never longer than a line", () => {
    const many = Array.from({ length: 200 }, (_, n) => `p${n}`);
    const known = new Map(many.map((id) => [id, id.toUpperCase()]));
    expect(listNames(many, known, "p0")).toMatch(/^P1, .*P8, you,? and 191 others$/);
  });
});
