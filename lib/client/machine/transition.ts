import { noteRetryAfter } from "./attempts";
import { startTimer, type Draft } from "./draft";
import { heard, passDeadlines } from "./lease";
import { TABLE, type Row } from "./table";
import type { Effect, MachineEvent, MachineState } from "./types";

/** A timer this late did not fire late: the machine slept, or the page was frozen. */
const SLEPT_MS = 2_000;

/**
 * One step of the connection machine. Pure: time and chance are arguments.
 * `now` is in milliseconds on a monotonic clock, `random` gives numbers in [0, 1).
 */
export function transition(
  state: MachineState,
  event: MachineEvent,
  { now, random }: { now: number; random: () => number },
): { state: MachineState; effects: Effect[] } {
  const draft: Draft = { s: { ...state }, effects: [], now, random };
  // Even where its request is given up below: a server that asked for peace is to have it.
  if (event.type === "token" && isCurrent(draft, event)) noteRetryAfter(draft, event.answer);
  passDeadlines(draft);
  const late = isCurrent(draft, event) ? takeTimer(draft, event) : null;
  if (late !== null) {
    const cell = TABLE[draft.s.name][rowOf(event)] as
      ((d: Draft, event: MachineEvent & { late: boolean }) => void) | undefined;
    if (event.type === "frame") heard(draft, event.frame.type === "pong" ? event.frame.id : "");
    cell?.(draft, { ...event, late });
    passDeadlines(draft);
  }
  return { state: draft.s, effects: draft.effects };
}

function rowOf(event: MachineEvent): Row {
  if (event.type === "frame") return `frame ${event.frame.type}`;
  if (event.type === "timer") return `timer ${event.name}`;
  return event.type;
}

/** Answers, frames and timers of an earlier request, socket or state are not news. */
function isCurrent({ s }: Draft, event: MachineEvent): boolean {
  switch (event.type) {
    case "token":
      return s.request?.id === event.request;
    case "frame":
    case "foreign":
    case "stranger":
    case "closed":
      return s.socket === event.socket;
    case "timer":
      return s.timers[event.name] !== undefined;
    default:
      return true;
  }
}

/** Takes a timer that fired off the list: true where it is long overdue, null where it is not due. */
function takeTimer(draft: Draft, event: MachineEvent): boolean | null {
  if (event.type !== "timer") return false;
  const { [event.name]: due = draft.now, ...rest } = draft.s.timers;
  draft.s.timers = rest;
  if (draft.now < due) {
    // Browsers round timers and clocks differently: a timer may fire before its own time.
    startTimer(draft, event.name, due);
    return null;
  }
  return draft.now - due >= SLEPT_MS;
}

/** True while messages may leave: welcomed, and the lease has not ended by our clock. */
export const maySend = (state: MachineState, now: number): boolean =>
  state.name === "connected" && state.lease !== null && now < state.lease.endsAt;
