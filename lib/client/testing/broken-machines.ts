import { transition } from "../machine/transition";
import type { Effect, MachineState } from "../machine/types";
import type { PromiseName } from "./machine-watch";

/**
 * Machines that break one promise each, made from the real one: what the watch cannot see in these,
 * it would not see in a real mistake either.
 */
export type Machine = typeof transition;

type Result = { state: MachineState; effects: Effect[] };
const after =
  (spoil: (result: Result, before: MachineState) => Result): Machine =>
  (state, event, world) =>
    spoil(transition(state, event, world), state);
const forget = (fields: Partial<MachineState>): Machine =>
  after(({ state, effects }) => ({ state: { ...state, ...fields }, effects }));
const without = (drop: (effect: Effect) => boolean): Machine =>
  after(({ state, effects }) => ({ state, effects: effects.filter((one) => !drop(one)) }));

export const BROKEN: Record<PromiseName, Machine> = {
  "one token request at a time": forget({ request: null }),
  "one refresh in flight": forget({ presented: null }),
  "a token is presented once, as soon as it arrives": after(({ state, effects }) => ({
    state,
    effects: effects.flatMap((one) =>
      one.type === "send" && one.frame.type === "auth.refresh" ? [one, one] : [one],
    ),
  })),
  // Believes in a lease of its own.
  "after the lease nothing but a refresh": after(({ state, effects }) => ({
    state: {
      ...state,
      lease: state.lease && { ...state.lease, endsAt: state.lease.startedAt + 100_000 },
      timers:
        state.timers.lease === undefined ? state.timers : { ...state.timers, lease: Infinity },
    },
    effects,
  })),
  "after the grace nothing": after(({ state, effects }) => ({
    state: state.graceEndsAt === null ? state : { ...state, graceEndsAt: Infinity },
    effects,
  })),
  "final: no timer, no request, no socket": after(({ state, effects }) => ({
    state,
    effects: state.name === "failed" ? effects.filter((one) => one.type !== "clearTimer") : effects,
  })),
  "a way out of every other state": after(({ state, effects }) => {
    const { retry: _, ...timers } = state.timers;
    return {
      state: { ...state, timers },
      effects: effects.filter((one) => one.type !== "setTimer" || one.name !== "retry"),
    };
  }),
  "two dials on refused fresh tokens": forget({ refusedTokens: 0 }),
  "no request within Retry-After": forget({ blockedUntil: -Infinity }),
  "after stop nothing": after((result, before) =>
    before.name === "closed" && result.state.name === "closed"
      ? { ...result, effects: [{ type: "send", frame: { type: "ping" } }] }
      : result,
  ),
  "timers and sockets in pairs": without((one) => one.type === "setTimer" && one.name === "ping"),
};
