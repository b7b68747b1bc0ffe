import type { ConnectionView, Phase } from "../types";
import type { MachineState } from "./types";

/** The many states of the machine as the few that a page shows. */
function phaseOf(state: MachineState): Phase {
  switch (state.name) {
    case "token":
    case "dialing":
    case "waiting":
      if (state.suspended) return "suspended";
      return state.fresh && state.attempt === 0 ? "connecting" : "reconnecting";
    default:
      return state.name;
  }
}

export function viewOf(state: MachineState): ConnectionView {
  const { lease, graceEndsAt, retryAt, sessionEndsAt, stopReason } = state;
  const held = retryAt !== null && (state.name === "failed" || state.blockedUntil >= retryAt);
  return {
    phase: phaseOf(state),
    refreshing: state.presented !== null || state.request?.use === "refresh",
    ...(lease && { lease }),
    ...(graceEndsAt !== null && { graceEndsAt }),
    ...(retryAt !== null && { retryAt }),
    ...(held && { held }),
    ...(sessionEndsAt !== null && { sessionEndsAt }),
    offline: state.offline,
    ...(stopReason !== null && { stopReason }),
    dials: state.dials,
    refreshes: state.refreshes,
  };
}

const KEYS = [
  "phase",
  "refreshing",
  "lease",
  "graceEndsAt",
  "retryAt",
  "held",
  "sessionEndsAt",
  "offline",
  "stopReason",
  "dials",
  "refreshes",
] as const satisfies readonly (keyof ConnectionView)[];

export const sameView = (a: ConnectionView, b: ConnectionView): boolean =>
  KEYS.every((key) => a[key] === b[key]);
