import { describe, expect, it } from "vitest";
import { ago, countdown, dayName, dayOf, people, secondsUntil, wait } from "./format";

const now = new Date(2025, 10, 21, 21, 40).getTime();
const at = (...parts: [number, number, number, number?, number?]) =>
  new Date(parts[0], parts[1], parts[2], parts[3] ?? 12, parts[4] ?? 0).getTime();

describe("days", () => {
  it("change at midnight of the reader", () => {
    expect(dayOf(at(2025, 10, 20, 23, 59))).not.toBe(dayOf(at(2025, 10, 21, 0, 0)));
    expect(dayOf(at(2025, 10, 21, 0, 0))).toBe(dayOf(at(2025, 10, 21, 23, 59)));
  });

  it("have names", () => {
    expect(dayName(at(2025, 10, 21, 0, 1), now)).toBe("Today");
    expect(dayName(at(2025, 10, 20, 23, 59), now)).toBe("Yesterday");
    expect(dayName(at(2025, 10, 14), now)).not.toMatch(/2025/);
    expect(dayName(at(2024, 10, 14), now)).toMatch(/2024/);
  });

  it("know yesterday over the end of a year", () => {
    expect(dayName(at(2025, 11, 31), at(2026, 0, 1))).toBe("Yesterday");
  });
});

describe("durations", () => {
  it.each([
    [0, "0:00"],
    [9, "0:09"],
    [245, "4:05"],
    [3_725, "1:02:05"],
  ])("%i seconds count down as %s", (seconds, text) => expect(countdown(seconds)).toBe(text));

  it("round up, so that nothing ends early, and never go below zero", () => {
    expect(secondsUntil(1_001, 0)).toBe(2);
    expect(secondsUntil(0, 500)).toBe(0);
  });

  it.each([
    [1, "1 second"],
    [45, "45 seconds"],
    [90, "2 minutes"],
    [601, "11 minutes"],
  ])("a wait of %i seconds is %s", (seconds, text) => expect(wait(seconds)).toBe(text));

  it("tell how long ago", () => {
    expect(ago(now - 20_000, now)).toBe("just now");
    expect(ago(now - 5 * 60_000, now)).toMatch(/5/);
    expect(ago(now - 26 * 3_600_000, now)).not.toMatch(/hour/);
  });
});

it("one person is no people", () => {
  expect(people(1)).toBe("1 person");
  expect(people(0)).toBe("0 people");
});
