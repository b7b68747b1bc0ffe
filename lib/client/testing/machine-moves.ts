import fc from "fast-check";
import { CLOSE_RULES, errorFrame, type ServerFrame } from "../../protocol";
import { transition } from "../machine/transition";
import { INITIAL, type Effect, type MachineEvent, type MachineState } from "../machine/types";
import type { TokenAnswer } from "../token-request";
import { welcomeFrame } from "./welcome-frame";

const welcome = (leaseMs: number) =>
  welcomeFrame({ leaseMs, refreshInMs: leaseMs * 0.8, graceMs: 2_000 });
const CODES = [...CLOSE_RULES.map((rule) => rule.code), 1005, 4999];

/** What the world does next; ids are filled in from what the machine has asked for. */
export type Move =
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
  { weight: 1, arbitrary: event({ type: "signedIn" }) },
);

/** Runs the machine against moves, firing its timers, and tells of each step. */
export function play(
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

export const anyMoves = fc.array(anyMove, { minLength: 5, maxLength: 60 });
