import { SUSPENDED_AFTER_MS } from "../../protocol";
import {
  OWNED,
  type Effect,
  type MachineState,
  type Owned,
  type StateName,
  type TimerName,
} from "./types";

/** One transition under way: a copy of the state, the effects so far, and the only time and chance. */
export interface Draft {
  s: { -readonly [K in keyof MachineState]: MachineState[K] };
  effects: Effect[];
  now: number;
  random: () => number;
}

const OVER: ReadonlySet<StateName> = new Set(["signed_out", "failed", "closed"]);

/** Enters a state. Timers, requests and sockets that it does not own end here and nowhere else. */
export function enter(d: Draft, name: StateName): void {
  const { timers, request, socket }: Owned = OWNED[name];
  for (const timer of Object.keys(d.s.timers) as TimerName[]) {
    if (!timers.includes(timer)) stopTimer(d, timer);
  }
  if (d.s.request && d.s.request.use !== request) {
    d.s.request = null;
    d.effects.push({ type: "cancelToken" });
  }
  if (!socket) {
    if (d.s.socket !== null) d.effects.push({ type: "closeSocket" });
    d.s.socket = null;
    d.s.hint = {};
    d.s.lease = null;
    d.s.welcomedAt = null;
  }
  if (request !== "refresh") {
    d.s.presented = null;
    d.s.refreshAttempt = 0;
    d.s.refusedRefreshes = 0;
  }
  if (!timers.includes("pong")) d.s.ping = null;
  if (name !== "grace") d.s.graceEndsAt = null;
  if (OVER.has(name)) d.s.sessionEndsAt = null;
  d.s.retryAt = null;
  d.s.stopReason = null;
  d.s.name = name;
  // Being down is timed as a whole, however many attempts it takes.
  if (!timers.includes("suspend")) d.s.suspended = false;
  else if (!d.s.suspended && d.s.timers.suspend === undefined) {
    startTimer(d, "suspend", d.now + SUSPENDED_AFTER_MS);
  }
}

export function startTimer(d: Draft, name: TimerName, at: number): void {
  d.s.timers = { ...d.s.timers, [name]: at };
  d.effects.push({ type: "setTimer", name, inMs: Math.max(0, at - d.now) });
}

export function stopTimer(d: Draft, name: TimerName): void {
  if (d.s.timers[name] === undefined) return;
  const { [name]: _, ...rest } = d.s.timers;
  d.s.timers = rest;
  d.effects.push({ type: "clearTimer", name });
}

export const nextId = (d: Draft): number => ++d.s.counter;
