import { describe, expect, it } from "vitest";
import { judge, PARTS } from "./judge.mjs";

const MIB = 2 ** 20;
const SECONDS = 600;
const samplesOf = (bytesAt, cpuAt = () => 0.2) =>
  Array.from({ length: 60 }, (_, index) => {
    const at = (index + 1) * 10;
    // Unevenly, as real ones are.
    const noise = index % 2 ? 1.01 : 0.99;
    return { at, bytes: bytesAt(at) * noise, cpu: cpuAt(at) * noise };
  });

/** Ten minutes in which nothing went wrong. */
const GOOD = {
  ...{ seconds: SECONDS, asked: 12_000, sent: 12_000, acknowledged: 12_000, refused: 0 },
  ...{ audience: 200, delivered: 2_400_000, missing: 0, twice: 0, closed: 0 },
  latency: { 3: 2_000_000, 20: 390_000, 90: 10_000 },
  samples: samplesOf(() => 300 * MIB),
};
const STORM = { people: 3, backMs: [2_000, 5_000, 21_000], heard: 3 };
const broken = (part, run) =>
  judge(part, run)
    .filter(({ holds }) => holds === false)
    .map(({ what }) => what);

const TALKS = Object.keys(PARTS).filter((part) => part !== "storm");

describe("the judge of a run under load", () => {
  it.each(TALKS)("finds nothing wrong with a good run: %s", (part) => {
    const verdicts = judge(part, GOOD);
    expect(verdicts.map(({ holds }) => holds)).toEqual(verdicts.map(() => true));
    expect(new Set(verdicts.map(({ promise }) => promise))).toEqual(new Set([PARTS[part].promise]));
  });

  it.each([
    [
      "a message without an answer",
      { acknowledged: 11_999, delivered: 2_399_800 },
      "lost or refused",
    ],
    [
      "a refused one",
      { acknowledged: 11_999, refused: 1, delivered: 2_399_800 },
      "lost or refused",
    ],
    ["one that a member did not hear", { delivered: 2_399_999 }, "heard by everybody, once"],
    ["a number that a member was not told", { missing: 1 }, "heard by everybody, once"],
    ["one that came twice", { twice: 1 }, "heard by everybody, once"],
    ["a socket that did not last", { closed: 1 }, "unexpected closes"],
    [
      "clients that said too little",
      { sent: 11_000, acknowledged: 11_000, delivered: 2_200_000 },
      "said at the pace",
    ],
    [
      "clients that said nothing",
      { asked: 0, sent: 0, acknowledged: 0, delivered: 0 },
      "said at the pace",
    ],
  ])("fails a run with %s", (_what, changes, line) => {
    for (const part of TALKS) expect(broken(part, { ...GOOD, ...changes })).toEqual([line]);
  });

  it("fails a run whose slowest are too late, and one in which nothing arrived", () => {
    const slow = { ...GOOD, latency: { 3: 97_000, 120: 1_000, 600: 2_000 } };
    expect(broken("room", slow)).toEqual(["p99 under 500 ms"]);
    expect(broken("attack", slow)).toEqual(["p99 under 500 ms"]);
    expect(broken("fanout", slow)).toEqual([]);
    const slower = { ...GOOD, latency: { 3: 90_000, 120: 10_000 } };
    expect(broken("room", slower)).toEqual([]);
    expect(broken("fanout", slower)).toEqual(["p95 under 100 ms"]);
    expect(broken("rooms", { ...GOOD, latency: {} })).toEqual(["p99 under 500 ms"]);
    expect(broken("room", { ...GOOD, latency: { 498: 1 } })).toEqual([]);
    expect(broken("room", { ...GOOD, latency: { 500: 1 } })).toEqual(["p99 under 500 ms"]);
  });

  it("fails memory and processor time that grow, and lets a beginning be a beginning", () => {
    const leak = samplesOf((at) => (300 + at / 10) * MIB);
    expect(broken("soak", { ...GOOD, samples: leak })).toEqual(["memory is flat"]);
    const busier = samplesOf(
      () => 300 * MIB,
      (at) => 0.2 + at / 2_000,
    );
    expect(broken("room", { ...GOOD, samples: busier })).toEqual(["processor time is flat"]);
    const warming = samplesOf(
      (at) => (at < 100 ? 100 + 2 * at : 300) * MIB,
      (at) => (at < 100 ? 0.9 : 0.2),
    );
    expect(broken("room", { ...GOOD, samples: warming })).toEqual([]);
    expect(broken("room", { ...GOOD, samples: [] })).toEqual([
      "memory is flat",
      "processor time is flat",
    ]);
  });

  it("over eight hours fails what ten minutes would not show", () => {
    const hours = (perHour) =>
      Array.from({ length: 96 }, (_, index) => {
        const at = (index + 1) * 300;
        return { at, cpu: 0.1, bytes: (200 + (perHour * at) / 3_600) * MIB };
      });
    const night = (perHour) => ({ ...GOOD, seconds: 28_800, samples: hours(perHour) });
    expect(broken("soak", night(1))).toEqual([]);
    expect(broken("soak", night(8))).toEqual(["memory is flat"]);
  });

  it("does not judge a slope of less than two minutes, and says so", () => {
    const short = judge("room", { ...GOOD, seconds: 30, samples: samplesOf((at) => at * MIB) });
    const open = short.filter(({ holds }) => holds === null);
    expect(open.map(({ what }) => what)).toEqual(["memory is flat", "processor time is flat"]);
    for (const { figure } of open) expect(figure).toContain("not judged");
  });

  it.each([
    ["somebody who is not back", { backMs: [2_000, 5_000] }, ["everybody is back"]],
    [
      "somebody who is back late",
      { backMs: [2_000, 5_000, 60_001] },
      ["the last within 60 s of the kill"],
    ],
    ["somebody who hears nothing", { heard: 2 }, ["hears what is said afterwards"]],
    [
      "nobody in it",
      { people: 0, backMs: [], heard: 0 },
      ["everybody is back", "the last within 60 s of the kill"],
    ],
  ])("fails a storm with %s, and no other", (_what, changes, lines) => {
    expect(broken("storm", STORM)).toEqual([]);
    expect(broken("storm", { ...STORM, ...changes })).toEqual(lines);
  });
});
