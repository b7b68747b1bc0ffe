import fc from "fast-check";
import { CLOSE_RULES, errorFrame, REPLACED_BY_SIGN_IN, type ServerFrame } from "../../protocol";
import { transition } from "../machine/transition";
import {
  INITIAL,
  type Effect,
  type MachineEvent,
  type MachineState,
  type TimerName,
} from "../machine/types";
import type { TokenAnswer } from "../token-request";
import { welcomeFrame } from "./welcome-frame";

const welcome = (leaseMs: number) =>
  welcomeFrame({ leaseMs, refreshInMs: leaseMs * 0.8, graceMs: 2_000 });
export const CODES = [...CLOSE_RULES.map((rule) => rule.code), 1005, 4999];

/** What the world does next; ids are filled in from what the machine has asked for. */
export type Move =
  /** Time passes and timers fire, each at its time; the first `earlyMs` before it, as browsers round. */
  | { do: "wait"; ms: number; earlyMs?: number }
  /** Time passes and nothing fires before its end: a machine asleep, a frozen page. */
  | { do: "sleep"; ms: number }
  | { do: "event"; event: MachineEvent }
  | { do: "answer"; answer: TokenAnswer }
  | { do: "frame"; frame: ServerFrame }
  | { do: "refreshed" | "refuse" | "busy" | "pong" | "foreign" | "stranger" }
  /** What was said to an earlier request or on an earlier socket arrives now. */
  | { do: "stale" }
  | { do: "close"; code: number };

const event = (given: MachineEvent): Move => ({ do: "event", event: given });
const answer = (given: TokenAnswer): Move => ({ do: "answer", answer: given });
const frame = (given: ServerFrame): Move => ({ do: "frame", frame: given });
const token: TokenAnswer = { kind: "token", token: "t" };

/** Each move as often as its weight; a number into this list is a move, so that shrinking is quick. */
const MOVES: readonly Move[] = (
  [
    ...[0, 1, 20, 499, 1_000, 2_500, 5_000, 12_000, 25_000, 40_000, 130_000].map(
      (ms) => [3, { do: "wait", ms }] as const,
    ),
    [4, { do: "wait", ms: 6_000, earlyMs: 1 }],
    ...[2_000, 4_000, 30_000, 900_000].map((ms) => [2, { do: "sleep", ms }] as const),
    [24, answer(token)],
    [3, answer({ ...token, sessionEndsInMs: 9_000 })],
    [6, answer({ kind: "later" })],
    [6, answer({ kind: "later", retryAfterMs: 17_000 })],
    [3, answer({ kind: "signed_out" })],
    [2, answer({ kind: "forbidden" })],
    [1, answer({ kind: "no_room" })],
    [1, answer({ kind: "misconfigured" })],
    [18, frame(welcome(6_000))],
    [12, frame(welcome(300_000))],
    [9, { do: "refreshed" }],
    [6, { do: "refuse" }],
    [3, { do: "busy" }],
    [6, { do: "pong" }],
    [2, frame({ type: "auth.expiring", inMs: 500 })],
    [2, frame({ type: "auth.expired", graceMs: 1_500 })],
    [2, frame({ type: "auth.revoked", reason: REPLACED_BY_SIGN_IN })],
    [2, frame({ type: "drain", retryInMs: 3_000 })],
    [2, frame({ type: "pong" })],
    [2, frame(errorFrame("rate_limited", { retryAfterMs: 4_000 }))],
    [2, frame(errorFrame("auth_expired", { id: "m" }))],
    [1, { do: "foreign" }],
    [1, { do: "stranger" }],
    [4, { do: "stale" }],
    ...CODES.map((code) => [1, { do: "close", code }] as const),
    [3, { do: "close", code: 4401 }],
    [3, { do: "close", code: 4409 }],
    [6, event({ type: "start", offline: false })],
    [1, event({ type: "start", offline: true })],
    [6, event({ type: "tryNow" })],
    [4, event({ type: "stop" })],
    [6, event({ type: "wake" })],
    [4, event({ type: "offline" })],
    [4, event({ type: "online" })],
    [3, event({ type: "signedOutElsewhere" })],
    [4, event({ type: "signedIn" })],
    [2, event({ type: "banned" })],
  ] as readonly (readonly [number, Move])[]
).flatMap(([weight, move]) => Array<Move>(weight).fill(move));

export const anyMoves = fc
  .array(fc.nat(MOVES.length - 1), { minLength: 5, maxLength: 60, size: "max" })
  .map((numbers) => numbers.map((number) => MOVES[number] as Move));

export interface Step {
  event: MachineEvent;
  before: MachineState;
  state: MachineState;
  effects: readonly Effect[];
  now: number;
}

/** Runs the machine against moves, firing its timers, and tells of each step. */
export function play(
  moves: readonly Move[],
  seen: (step: Step) => void,
  {
    random = () => 0.7,
    machine = transition,
  }: { random?: () => number; machine?: typeof transition } = {},
): MachineState {
  let state: MachineState = INITIAL;
  let now = 0;
  const step = (given: MachineEvent) => {
    const before = state;
    const result = machine(state, given, { now, random });
    state = result.state;
    seen({ ...result, event: given, now, before });
  };

  function pass(end: number, earlyMs = 0): void {
    // A timer that keeps firing for its whole life would be a loop of its own.
    for (let fired = 0; fired < 1_000; fired++) {
      const early = fired === 0 ? earlyMs : 0;
      const due = nextTimer(state, end + early);
      if (!due) break;
      now = Math.max(now, due.at - early);
      step({ type: "timer", name: due.name });
    }
    now = Math.max(now, end);
  }

  step({ type: "start", offline: false });
  for (const move of moves) {
    if (move.do === "wait") pass(now + move.ms, move.earlyMs);
    else if (move.do === "sleep") {
      now += move.ms;
      pass(now);
    } else if (move.do === "stale") {
      step({ type: "token", request: -1, answer: token });
      step({ type: "frame", socket: -1, frame: welcome(6_000) });
      step({ type: "closed", socket: -1, code: 4410 });
      step({ type: "timer", name: "welcome" });
    } else {
      const given = eventOf(move, state);
      if (given) step(given);
    }
  }
  return state;
}

function nextTimer({ timers }: MachineState, end: number): { name: TimerName; at: number } | null {
  let next: { name: TimerName; at: number } | null = null;
  for (const name in timers) {
    const at = timers[name as TimerName] as number;
    if (at <= end && (!next || at < next.at)) next = { name: name as TimerName, at };
  }
  return next;
}

/** A move as the event it is now; null where there is nothing that it could happen to. */
export function eventOf(move: Move, state: MachineState): MachineEvent | null {
  const { request, socket, ping, presented } = state;
  if (move.do === "event") return move.event;
  if (move.do === "answer") {
    return request && { type: "token", request: request.id, answer: move.answer };
  }
  if (socket === null) return null;
  switch (move.do) {
    case "close":
      return { type: "closed", socket, code: move.code };
    case "frame":
      return { type: "frame", socket, frame: move.frame };
    case "foreign":
    case "stranger":
      return { type: move.do, socket };
    case "pong":
      return ping && { type: "frame", socket, frame: { type: "pong", id: ping.id } };
    case "refreshed":
    case "refuse":
    case "busy":
      return presented && { type: "frame", socket, frame: verdict(move.do, presented.id) };
    default:
      return null;
  }
}

function verdict(said: "refreshed" | "refuse" | "busy", id: string): ServerFrame {
  if (said === "refuse") return errorFrame("token_spent", { id });
  if (said === "busy") return errorFrame("unavailable", { id, retryAfterMs: 1_000 });
  return { type: "auth.refreshed", id, leaseMs: 6_000, refreshInMs: 4_800, role: "member" };
}
