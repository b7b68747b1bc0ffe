import { expect, it } from "vitest";
import { beyond } from "./ceiling.mjs";

const held = { asked: 100, said: 95, closed: 0, p99: 1_999 };

it("a step of a ramp holds where everybody hears in time and nobody is lost", () => {
  expect(beyond(held)).toBeNull();
  expect(beyond({ ...held, p99: 2_000 })).toBeNull();
});

it.each([
  ["the slowest in a hundred hear after two seconds", { p99: 2_001 }, "p99 was over 2 s"],
  ["nobody hears anything", { p99: NaN }, "p99 was over 2 s"],
  ["one socket is lost", { closed: 1 }, "1 sockets were lost"],
  ["the clients fall behind, whatever they hear", { said: 89, closed: 3 }, "could say no more"],
])("a ramp ends where %s", (_, worse, why) => {
  expect(beyond({ ...held, ...worse })).toContain(why);
});
