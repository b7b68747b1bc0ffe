import type { Accounts, ThrottleState } from "../accounts/port";
import { count } from "../observe/metrics";

/** So many free attempts in a window; then waits that double, or the rest of the window. */
export interface Rule {
  free: number;
  windowMs: number;
  waits: { firstMs: number; longestMs: number } | "rest_of_window";
}

export type Attempt = { ok: true; next: ThrottleState } | { ok: false; waitMs: number };

const WINDOW_MS = 15 * 60_000;
const GROWING = { firstMs: 30_000, longestMs: WINDOW_MS };
/** Where everybody shares one unknown address, a stranger's failures must not lock all people out. */
const SHARED = { firstMs: 1_000, longestMs: 8_000 };

/** Failures on one account from one address. */
export const accountRule = (failures: number): Rule => ({
  free: failures,
  windowMs: WINDOW_MS,
  waits: GROWING,
});

/** Failures of one address over all accounts: one password tried on many people. */
export const addressRule = (failures: number, addressKnown: boolean): Rule => ({
  free: failures * 10,
  windowMs: WINDOW_MS,
  waits: addressKnown ? GROWING : SHARED,
});

export const windowRule = (count: number, windowMs: number): Rule => ({
  free: count,
  windowMs,
  waits: "rest_of_window",
});

/**
 * Judges one attempt and counts it beforehand as a failure: of fifty attempts at once, each sees the
 * count of those before it. Success is told afterwards (`clear`, `giveBack`). Pure.
 */
export function attempt(rule: Rule, state: ThrottleState | null, now: number): Attempt {
  const current = isCurrent(rule, state, now) ? state : null;
  if (current && current.blockedUntil > now)
    return { ok: false, waitMs: current.blockedUntil - now };
  const count = (current?.count ?? 0) + 1;
  const since = current?.since ?? now;
  const blockedUntil = count < rule.free ? 0 : blockedAfter(rule, count, since, now);
  return { ok: true, next: { count, since, blockedUntil } };
}

function blockedAfter({ free, waits, windowMs }: Rule, count: number, since: number, now: number) {
  if (waits === "rest_of_window") return since + windowMs;
  return now + Math.min(waits.firstMs * 2 ** Math.min(count - free, 30), waits.longestMs);
}

/** Growing waits are forgotten a whole window after the last one; a plain window when it is over. */
function isCurrent(rule: Rule, state: ThrottleState | null, now: number): boolean {
  if (!state) return false;
  const from =
    rule.waits === "rest_of_window" ? state.since : Math.max(state.since, state.blockedUntil);
  // A clock set back finds a state from the future, which would block for ever.
  return now < from + rule.windowMs && state.since <= now + rule.windowMs;
}

/** Takes one counted attempt back. Pure. */
export function giveBack(rule: Rule, state: ThrottleState): ThrottleState {
  const count = Math.max(0, state.count - 1);
  return { ...state, count, blockedUntil: count < rule.free ? 0 : state.blockedUntil };
}

/** Many people at one key at once; past this the key counts as throttled. */
const MAX_SWAPS = 100;
const CONTENDED_WAIT_MS = 1_000;

/** The names of limits as keys begin with them, and as metrics call them. */
const LIMITS: Record<string, string> = {
  in: "sign_in",
  spray: "sign_in_address",
  "up-try": "sign_up_tries",
  up: "sign_up",
  mint: "token",
  account: "account",
  rooms: "new_rooms",
};

/** Somebody met a limit; whose key it was is not told. */
export const countHit = (key: string): void =>
  count("guestlist_throttle_hits_total", { limit: LIMITS[key.split(":")[0] ?? ""] ?? "other" });

/** Counts an attempt in the store: null where it may go on, else the wait. */
export async function countAttempt(
  store: Accounts["throttle"],
  key: string,
  rule: Rule,
  now: number,
): Promise<{ waitMs: number } | null> {
  for (let i = 0; i < MAX_SWAPS; i++) {
    const before = await store.get(key);
    const result = attempt(rule, before, now);
    if (!result.ok) {
      countHit(key);
      return { waitMs: result.waitMs };
    }
    if (await store.swap(key, before, result.next)) return null;
  }
  return { waitMs: CONTENDED_WAIT_MS };
}

/** Takes one counted attempt back in the store; gives up quietly where others are faster. */
export async function returnAttempt(
  store: Accounts["throttle"],
  key: string,
  rule: Rule,
): Promise<void> {
  for (let i = 0; i < MAX_SWAPS; i++) {
    const before = await store.get(key);
    if (!before || (await store.swap(key, before, giveBack(rule, before)))) return;
  }
}
