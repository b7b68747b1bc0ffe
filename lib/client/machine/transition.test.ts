import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLOSE_RULES, errorFrame, type ServerFrame } from "../../protocol";
import type { TokenAnswer } from "../token-request";
import { maySend, transition } from "./transition";
import { INITIAL, OWNED, type Effect, type MachineEvent, type MachineState } from "./types";

const CODES = [...CLOSE_RULES.map((rule) => rule.code), 1005, 4999];
const FINAL = ["signed_out", "failed", "closed"];

const welcome = (leaseMs: number): ServerFrame => ({
  type: "welcome",
  protocol: 1,
  connection: "c",
  user: { id: "ada", name: "Ada" },
  role: "member",
  room: { id: "general" },
  epoch: "e",
  seq: 0,
  recovered: false,
  leaseMs,
  refreshInMs: leaseMs * 0.8,
  graceMs: 2_000,
  serverTime: 0,
  limits: {
    textCharacters: 4_000,
    frameBytes: 16_384,
    messagesPerSecond: 10,
    messagesBurst: 20,
    messagesPerMinute: 600,
    historyPage: 50,
  },
  presence: [],
  messages: [],
  readSeq: 0,
});

/** What the world does next; ids are filled in from what the machine has asked for. */
type Move =
  | { do: "wait"; ms: number }
  | { do: "event"; event: MachineEvent }
  | { do: "answer"; answer: TokenAnswer }
  | { do: "frame"; frame: ServerFrame }
  | { do: "refreshed" | "refuse" | "pong" }
  | { do: "close"; code: number };

const event = (given: MachineEvent) => fc.constant<Move>({ do: "event", event: given });
const answer = (given: TokenAnswer) => fc.constant<Move>({ do: "answer", answer: given });

const anyMove = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 0, max: 40_000 }).map((ms): Move => ({ do: "wait", ms })),
  },
  { weight: 6, arbitrary: answer({ kind: "token", token: "t" }) },
  { weight: 1, arbitrary: answer({ kind: "later" }) },
  { weight: 2, arbitrary: answer({ kind: "later", retryAfterMs: 17_000 }) },
  { weight: 1, arbitrary: answer({ kind: "signed_out" }) },
  { weight: 1, arbitrary: answer({ kind: "forbidden" }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Move>(
      { do: "frame", frame: welcome(6_000) },
      { do: "frame", frame: welcome(300_000) },
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom<Move>({ do: "refreshed" }, { do: "refuse" }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Move>(
      { do: "frame", frame: { type: "auth.expiring", inMs: 500 } },
      { do: "frame", frame: { type: "auth.expired", graceMs: 1_500 } },
      { do: "frame", frame: { type: "drain", retryInMs: 3_000 } },
      { do: "frame", frame: { type: "pong" } },
      { do: "frame", frame: errorFrame("rate_limited", { retryAfterMs: 4_000 }) },
      { do: "frame", frame: errorFrame("auth_expired", { id: "m" }) },
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom(...CODES).map((code): Move => ({ do: "close", code })) },
  { weight: 2, arbitrary: event({ type: "start", offline: false }) },
  { weight: 2, arbitrary: event({ type: "tryNow" }) },
  { weight: 1, arbitrary: event({ type: "stop" }) },
  { weight: 1, arbitrary: event({ type: "wake" }) },
  { weight: 1, arbitrary: event({ type: "offline" }) },
  { weight: 1, arbitrary: event({ type: "online" }) },
  { weight: 1, arbitrary: event({ type: "signedOutElsewhere" }) },
  { weight: 1, arbitrary: event({ type: "signedInElsewhere" }) },
);

/** Runs the machine against moves, firing its timers, and tells of each step. */
function play(
  moves: readonly Move[],
  seen: (step: {
    state: MachineState;
    effects: Effect[];
    now: number;
    before: MachineState;
  }) => void,
  random = () => 0.7,
): MachineState {
  let state: MachineState = INITIAL;
  let now = 0;
  const step = (given: MachineEvent) => {
    const before = state;
    const result = transition(state, given, { now, random });
    state = result.state;
    seen({ ...result, now, before });
  };
  step({ type: "start", offline: false });
  for (const move of moves) {
    if (move.do === "wait") {
      const end = now + move.ms;
      for (;;) {
        const due = (Object.entries(state.timers) as [keyof MachineState["timers"], number][])
          .filter(([, at]) => at <= end)
          .sort(([, a], [, b]) => a - b)[0];
        if (!due) break;
        now = Math.max(now, due[1]);
        step({ type: "timer", name: due[0] });
      }
      now = end;
    } else if (move.do === "event") step(move.event);
    else if (move.do === "answer") {
      if (state.request) step({ type: "token", request: state.request.id, answer: move.answer });
    } else if (state.socket !== null) {
      const { socket } = state;
      if (move.do === "close") step({ type: "closed", socket, code: move.code });
      else if (move.do === "frame") step({ type: "frame", socket, frame: move.frame });
      else if (move.do === "pong") {
        if (state.ping) step({ type: "frame", socket, frame: { type: "pong", id: state.ping.id } });
      } else if (state.presented) {
        const { id } = state.presented;
        const frame: ServerFrame =
          move.do === "refreshed"
            ? { type: "auth.refreshed", id, leaseMs: 6_000, refreshInMs: 4_800, role: "member" }
            : errorFrame("token_spent", { id });
        step({ type: "frame", socket, frame });
      }
    }
  }
  return state;
}

const anyMoves = fc.array(anyMove, { minLength: 5, maxLength: 60 });
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
          { do: "frame", frame: welcome(300_000) },
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
