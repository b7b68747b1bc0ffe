import { expect, it } from "vitest";
import { REFRESH_MS, waitAfter, waitOnReturn } from "./refresh";

it("asks every half minute while all is well, and ever less often while it is not", () => {
  expect(waitAfter(0)).toBe(REFRESH_MS);
  const waits = [0, 1, 2, 3, 4, 5, 60].map(waitAfter);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(8 * 60_000);
});

it("coming back to the page asks soon, but is no way around the waits after failures", () => {
  expect(waitOnReturn(0)).toBeLessThan(REFRESH_MS);
  expect(waitOnReturn(2)).toBe(waitAfter(2));
});
