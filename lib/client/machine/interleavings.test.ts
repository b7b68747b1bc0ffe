import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROKEN } from "../testing/broken-machines";
import { anyMoves, play, type Move } from "../testing/machine-moves";
import { Broken, FINAL, PROMISES, watchMachine } from "../testing/machine-watch";
import { welcomeFrame } from "../testing/welcome-frame";
import { transition } from "./transition";

/** `INTERLEAVINGS=1000000` looks longer; a failure prints the seed and the shortest way to it. */
const RUNS = Number(process.env.INTERLEAVINGS ?? 100_000);
const anyChance = fc.double({ min: 0, max: 0.999, noNaN: true });
const given = [fc.noBias(anyMoves), anyChance] as const;

describe("the connection machine, whatever happens in whatever order", () => {
  it(`keeps its promises over ${RUNS.toLocaleString("en-GB")} interleavings of network, token route, clock, page, tabs and person`, () => {
    const reached = new Map<string, number>();
    const cpu = process.cpuUsage();
    let runs = 0;
    let steps = 0;
    fc.assert(
      fc.property(...given, (moves, chance) => {
        runs++;
        const watch = watchMachine();
        const seen = (step: Parameters<typeof watch>[0]) => {
          steps++;
          if (step.state.name !== step.before.name) {
            reached.set(step.state.name, (reached.get(step.state.name) ?? 0) + 1);
          }
          watch(step);
        };
        play(moves, seen, { random: () => chance });
      }),
      { numRuns: RUNS },
    );
    const seconds = (process.cpuUsage(cpu).user / 1e6).toFixed(1);
    const entered = [...reached].map(([name, times]) => `${name} ${times}`).join(", ");
    console.log(`${runs} interleavings, ${steps} steps, ${seconds} s; entered: ${entered}`);
    expect(runs).toBe(RUNS);
    // Each state was visited often enough for the promises to mean something there.
    expect(reached.size).toBe(8);
    for (const times of reached.values()) expect(times).toBeGreaterThan(RUNS / 200);
  }, 120_000);

  it.each(PROMISES)(
    "would be caught breaking: %s",
    (promise) => {
      let caught: unknown;
      fc.check(
        fc.property(...given, (moves, chance) => {
          const watch = watchMachine();
          try {
            play(moves, watch, { random: () => chance, machine: BROKEN[promise] });
          } catch (error) {
            // A broken machine may be seen to break another promise first: that proves nothing of this one.
            if (error instanceof Broken && error.promise !== promise) return;
            caught = error;
            throw error;
          }
        }),
        { numRuns: 20_000, seed: 1, endOnFailure: true, skipAllAfterTimeLimit: 20_000 },
      );
      expect(caught).toBeInstanceOf(Broken);
    },
    30_000,
  );

  it("comes back to life from anywhere once the world is well again", () => {
    const healing = Array.from({ length: 12 }, (): Move[] => [
      { do: "event", event: { type: "online" } },
      { do: "event", event: { type: "tryNow" } },
      { do: "answer", answer: { kind: "token", token: "t" } },
      { do: "frame", frame: welcomeFrame() },
      { do: "refreshed" },
      { do: "pong" },
      { do: "wait", ms: 5_000 },
    ]).flat();
    fc.assert(
      fc.property(...given, (moves, chance) => {
        const end = play([...moves, ...healing], () => {}, { random: () => chance });
        expect(end.name).toBe("connected");
      }),
      { numRuns: 2_000 },
    );
  }, 30_000);

  it("never leaves a final state by itself", () => {
    fc.assert(
      fc.property(...given, (moves, chance) => {
        const end = play(moves, () => {}, { random: () => chance });
        if (!FINAL.has(end.name)) return;
        const world = { now: 1e9, random: () => 0 };
        for (const type of ["wake", "online", "offline"] as const) {
          const { state, effects } = transition(end, { type }, world);
          expect([state.name, effects]).toEqual([end.name, []]);
        }
      }),
      { numRuns: 1_000 },
    );
  }, 30_000);
});
