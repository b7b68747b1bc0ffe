import { expect, it } from "vitest";
import { rounds } from "./rounds.mjs";

it.each([
  [2_000, 9],
  [200, 1],
  [10, 5],
  [3, 8],
])("a round of %i, %i at a time, passes nobody over and takes nobody twice", (people, atOnce) => {
  const times = Array.from({ length: people }, () => 0);
  const turns = rounds(people, atOnce);
  for (let turn = 0; turn < 2 * Math.ceil(people / atOnce); turn++) {
    const { from, to } = turns.next().value;
    for (let at = from; at < to; at++) times[at] += 1;
  }
  expect(times).toEqual(times.map(() => 2));
});
