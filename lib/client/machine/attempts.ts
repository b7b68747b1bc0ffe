import {
  closeRule,
  RECONNECT_RESET_MS,
  REPLACED_BY_SIGN_IN,
  WELCOME_TIMEOUT_MS,
  type ServerFrameOf,
} from "../../protocol";
import type { StopReason } from "../types";
import type { TokenAnswer } from "../token-request";
import { fullJitter, slowJitter } from "./backoff";
import { enter, nextId, startTimer, stopTimer, type Draft } from "./draft";

/** From nothing to a dialled socket, and what a close means for the next attempt. */

const REASONS: ReadonlySet<string> = new Set<StopReason>([
  "forbidden",
  "no_such_room",
  "bad_request",
  "protocol_version",
  "replaced",
  "kicked",
  "rate_limited",
  "unauthorized",
  "misconfigured",
  "other_person",
]);
const isReason = (name: string): name is StopReason => REASONS.has(name);

/** Two dials with fresh tokens were refused: a third would be refused as well. */
const MAX_REFUSED_TOKENS = 2;
const REPLACED_WAIT_MS = 500;
const MIN_LIFE_MS = 1_000;

/** Starts anew, as if nothing had happened yet; only what servers asked to wait for still holds. */
export function restart(d: Draft): void {
  d.s.fresh = true;
  d.s.attempt = 0;
  d.s.refusedTokens = 0;
  d.s.suspended = false;
}

/** Fetches a token for a dial, as soon as it may be asked for. */
export function attempt(d: Draft): void {
  if (d.now < d.s.blockedUntil) return waitUntil(d, d.s.blockedUntil);
  enter(d, "token");
  d.s.attemptedAt = d.now;
  d.s.request = { id: nextId(d), use: "connect" };
  d.effects.push({ type: "requestToken", request: d.s.request.id, use: "connect" });
}

/** Signed in anew: whatever runs in the name of the old session is let go of. */
export function attemptAnew(d: Draft): void {
  if (d.s.request) d.effects.push({ type: "cancelToken" });
  d.s.request = null;
  restart(d);
  attemptUnlessOffline(d);
}

/** Waits for the next attempt; while the browser says that there is no network, without a timer. */
export function waitUntil(d: Draft, at: number): void {
  enter(d, "waiting");
  if (d.s.offline) return stopTimer(d, "retry");
  d.s.retryAt = Math.max(at, d.s.blockedUntil);
  startTimer(d, "retry", d.s.retryAt);
}

/** One more failure: waits with full jitter. */
export function backOff(d: Draft): void {
  const delay = fullJitter(d.s.attempt, d.random, d.s.crowd);
  d.s.attempt++;
  waitUntil(d, d.now + delay);
}

export function attemptUnlessOffline(d: Draft): void {
  if (d.s.offline) waitUntil(d, d.now);
  else attempt(d);
}

export function stopWith(d: Draft, reason: StopReason): void {
  enter(d, "failed");
  d.s.stopReason = reason;
}

export function noteRetryAfter(d: Draft, answer: TokenAnswer): void {
  if (answer.kind !== "later" || answer.retryAfterMs === undefined) return;
  d.s.blockedUntil = Math.max(d.s.blockedUntil, d.now + answer.retryAfterMs);
}

/** An answer of the token route that is no token. True where it has ended the connection. */
export function refuseToken(d: Draft, answer: TokenAnswer): boolean {
  switch (answer.kind) {
    case "signed_out":
      enter(d, "signed_out");
      return true;
    case "forbidden":
      stopWith(d, "forbidden");
      return true;
    case "no_room":
      stopWith(d, "no_such_room");
      return true;
    case "misconfigured":
      stopWith(d, "misconfigured");
      return true;
    case "later":
      return false;
    case "token":
      if (answer.sessionEndsInMs !== undefined) d.s.sessionEndsAt = d.now + answer.sessionEndsInMs;
      return false;
  }
}

export function dial(d: Draft, token: string): void {
  enter(d, "dialing");
  d.s.socket = nextId(d);
  d.s.presentedAt = d.now;
  d.effects.push({ type: "dial", socket: d.s.socket, token });
  startTimer(d, "welcome", d.now + WELCOME_TIMEOUT_MS);
}

type Hint = ServerFrameOf<"error"> | ServerFrameOf<"drain"> | ServerFrameOf<"auth.revoked">;

/** Remembers what the party says about coming back; it counts if a close follows. */
export function noteHint(d: Draft, frame: Hint): void {
  if (frame.type === "auth.revoked") {
    if (frame.reason === REPLACED_BY_SIGN_IN) d.s.hint = { ...d.s.hint, replaced: true };
  } else if (frame.type === "drain") d.s.hint = { ...d.s.hint, drainMs: frame.retryInMs };
  else if (frame.retryAfterMs !== undefined) {
    d.s.hint = { ...d.s.hint, retryAfterMs: frame.retryAfterMs };
  }
}

/** The socket is gone, or is given up: the table of close codes decides. */
export function afterClose(d: Draft, code: number): void {
  const { reaction, name } = closeRule(code);
  const { hint, welcomedAt } = d.s;
  if (welcomedAt !== null && d.now - welcomedAt >= RECONNECT_RESET_MS) {
    d.s.attempt = 0;
    d.s.refusedTokens = 0;
  }
  switch (reaction) {
    case "stay_closed":
      return enter(d, "closed");
    case "reconnect":
      return backOff(d);
    case "reconnect_after_hint":
      if (hint.drainMs === undefined) return backOff(d);
      // The party has spread its clients already; the jitter keeps clocks from bunching them again.
      return waitUntil(d, d.now + hint.drainMs + fullJitter(d.s.attempt++, d.random));
    case "reconnect_slowly":
      d.s.attempt++;
      return waitUntil(d, d.now + Math.max(hint.retryAfterMs ?? 0, slowJitter(d.random)));
    case "fail_message":
      d.effects.push({ type: "failMessage", code: code === 1009 ? "too_large" : "bad_request" });
      return backOff(d);
    case "new_token":
      d.s.refusedTokens++;
      if (d.s.refusedTokens >= MAX_REFUSED_TOKENS) return stopWith(d, "unauthorized");
      return attemptUnlessOffline(d);
    case "new_token_now":
      // For a connection that hardly lived, "at once" would be a loop without end.
      return welcomedAt === null || d.now - welcomedAt < MIN_LIFE_MS
        ? backOff(d)
        : attemptUnlessOffline(d);
    case "signed_out":
      if (!hint.replaced) return enter(d, "signed_out");
      // The new cookie may be on its way still; asking with the old one would sign out.
      return waitUntil(d, d.now + REPLACED_WAIT_MS * (1 + d.random()));
    case "stop":
      return stopWith(d, isReason(name) ? name : "unknown");
    case "wait":
      return waitAsAsked(d, name, hint.retryAfterMs);
  }
}

/** The party named a time. One who was kicked is asked before coming back; a hasty client is not. */
function waitAsAsked(d: Draft, name: string, retryAfterMs: number | undefined): void {
  const reason = isReason(name) ? name : "unknown";
  if (reason === "kicked") {
    stopWith(d, reason);
    if (retryAfterMs !== undefined) d.s.retryAt = d.now + retryAfterMs;
    return;
  }
  d.s.attempt++;
  d.s.blockedUntil = Math.max(d.s.blockedUntil, d.now + (retryAfterMs ?? slowJitter(d.random)));
  waitUntil(d, d.s.blockedUntil);
  d.s.stopReason = reason;
}
