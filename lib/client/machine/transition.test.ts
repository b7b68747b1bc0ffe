import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMoves, play, type Move } from "../testing/machine-moves";
import { welcomeFrame } from "../testing/welcome-frame";
import type { TokenAnswer } from "../token-request";
import { maySend, transition } from "./transition";
import { INITIAL, OWNED } from "./types";

const FINAL = ["signed_out", "failed", "closed"];
const RUNS = { numRuns: 1_500 };

describe("the connection machine, whatever happens in whatever order", () => {
  it("never has two refreshes in flight, and sends nothing but a refresh after the lease", () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        let presented: string | null = null;
        play(moves, ({ state, effects, now, before }) => {
          if (before.presented?.id !== state.presented?.id) presented = null;
          const requests = effects.filter((effect) => effect.type === "requestToken");
          expect(requests.length).toBeLessThanOrEqual(1);
          if (requests.length > 0) expect(before.presented && state.presented).toBeNull();
          for (const effect of effects) {
            if (effect.type !== "send") continue;
            if (effect.frame.type === "auth.refresh") {
              expect(presented).toBeNull();
              presented = effect.frame.id;
            } else expect(maySend(state, now)).toBe(true);
          }
        });
      }),
      RUNS,
    );
  });

  it("asks for no token before a Retry-After has passed", () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        let notBefore = -Infinity;
        play(moves, ({ state, effects, now }) => {
          for (const effect of effects) {
            if (effect.type === "requestToken") expect(now).toBeGreaterThanOrEqual(notBefore);
          }
          notBefore = Math.max(notBefore, state.blockedUntil);
        });
      }),
      RUNS,
    );
  });

  it("holds what its state owns and nothing else, and has a way out unless it is final", () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        play(moves, ({ state }) => {
          const owned = OWNED[state.name];
          for (const timer of Object.keys(state.timers)) expect(owned.timers).toContain(timer);
          if (state.request) expect(state.request.use).toBe(owned.request);
          expect(state.socket !== null).toBe(owned.socket);
          if (FINAL.includes(state.name)) {
            expect(state.timers).toEqual({});
            expect(state.request).toBeNull();
          } else {
            const ways = Object.keys(state.timers).filter((name) => name !== "suspend").length;
            const isPaused = state.name === "waiting" && state.offline;
            expect(ways > 0 || state.request !== null || isPaused).toBe(true);
          }
        });
      }),
      RUNS,
    );
  });

  it("starts and clears timers and sockets in pairs", () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const timers = new Set<string>();
        let socket = false;
        play(moves, ({ state, effects, before }) => {
          if (
            before.socket !== null &&
            state.socket === null &&
            !effects.some((e) => e.type === "closeSocket")
          ) {
            socket = false; // It was closed by the party.
          }
          for (const effect of effects) {
            if (effect.type === "setTimer") timers.add(effect.name);
            if (effect.type === "clearTimer") timers.delete(effect.name);
            if (effect.type === "dial") {
              expect(socket).toBe(false);
              socket = true;
            }
            if (effect.type === "closeSocket") socket = false;
          }
          for (const name of Object.keys(state.timers)) expect(timers).toContain(name);
          expect(socket).toBe(state.socket !== null);
        });
      }),
      RUNS,
    );
  });

  it("dials at most twice on refused fresh tokens", () => {
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

  it("comes back to life once the world is well again", () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const healing = Array.from({ length: 12 }, (): Move[] => [
          { do: "event", event: { type: "online" } },
          { do: "event", event: { type: "tryNow" } },
          { do: "answer", answer: { kind: "token", token: "t" } },
          { do: "frame", frame: welcomeFrame() },
          { do: "refreshed" },
          { do: "pong" },
          { do: "wait", ms: 5_000 },
        ]).flat();
        const end = play([...moves, ...healing], () => {});
        expect(end.name).toBe("connected");
      }),
      { numRuns: 500 },
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
