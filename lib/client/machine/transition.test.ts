import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { play, type Move } from "../testing/machine-moves";
import type { TokenAnswer } from "../token-request";
import { transition } from "./transition";
import { INITIAL } from "./types";

describe("refused fresh tokens", () => {
  it("are dialled with twice, and no more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(4401, 4409), { minLength: 2, maxLength: 6 }),
        (codes) => {
          let dials = 0;
          const moves = codes.flatMap((code): Move[] => [
            { do: "answer", answer: { kind: "token", token: "t" } },
            { do: "close", code },
            { do: "wait", ms: 1_000 },
          ]);
          const end = play(moves, ({ effects }) => {
            dials += effects.filter((effect) => effect.type === "dial").length;
          });
          expect(dials).toBe(2);
          expect(end).toMatchObject({ name: "failed", stopReason: "unauthorized" });
        },
      ),
    );
  });
});

describe("an answer", () => {
  it("to a request that was given up is not heard", () => {
    const at = { now: 0, random: () => 1 };
    const token: TokenAnswer = { kind: "token", token: "t" };
    let { state } = transition(INITIAL, { type: "start", offline: false }, at);
    const stale = state.request?.id ?? 0;
    ({ state } = transition(state, { type: "stop" }, at));
    ({ state } = transition(state, { type: "start", offline: false }, at));
    ({ state } = transition(state, { type: "token", request: stale, answer: token }, at));
    expect(state.name).toBe("token");
    const current = state.request?.id ?? 0;
    ({ state } = transition(state, { type: "token", request: current, answer: token }, at));
    expect(state.name).toBe("dialing");
  });
});

describe("a timer", () => {
  it("that fires a little before its time is started again for the rest", () => {
    let state = transition(
      INITIAL,
      { type: "start", offline: false },
      { now: 0, random: () => 1 },
    ).state;
    state = transition(
      state,
      { type: "token", request: 1, answer: { kind: "later" } },
      { now: 0, random: () => 1 },
    ).state;
    expect(state.timers.retry).toBe(500);
    const early = transition(
      state,
      { type: "timer", name: "retry" },
      { now: 499, random: () => 1 },
    );
    expect(early.state.name).toBe("waiting");
    expect(early.effects).toContainEqual({ type: "setTimer", name: "retry", inMs: 1 });
    const due = transition(
      early.state,
      { type: "timer", name: "retry" },
      { now: 500, random: () => 1 },
    );
    expect(due.state.name).toBe("token");
  });
});
