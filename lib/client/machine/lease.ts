import {
  PING_INTERVAL_MS,
  PONG_TIMEOUT_MS,
  REFUSED_REFRESHES_IN_A_ROW,
  TOKEN_REQUEST_TIMEOUT_MS,
  WAKE_PONG_TIMEOUT_MS,
  type ServerFrameOf,
} from "../../protocol";
import type { TokenAnswer } from "../token-request";
import { afterClose, refuseToken } from "./attempts";
import { fullJitter } from "./backoff";
import { enter, nextId, startTimer, stopTimer, type Draft } from "./draft";

/** The life of an open socket: its lease, its renewal in place, its grace, its heartbeat. */

/** A presented token is answered by a room that lives; a room that does not is left. */
const ANSWER_TIMEOUT_MS = TOKEN_REQUEST_TIMEOUT_MS;
const MARGIN_SHARE = 0.03;
const MAX_MARGIN_MS = 1_000;
/** Tokens tell the end of the session in whole seconds, and the way to the party takes a moment. */
const LAST_LEASE_SLACK_MS = 2_000;

/**
 * A lease that begins no earlier than the moment its token was presented, so an end counted from
 * there, less a margin for the way to the party, lies before the party's end on any clock.
 */
function holdLease(d: Draft, frame: { leaseMs: number; refreshInMs: number }): void {
  const margin = Math.min(MAX_MARGIN_MS, frame.leaseMs * MARGIN_SHARE);
  const endsAt = d.s.presentedAt + frame.leaseMs - margin;
  const { sessionEndsAt } = d.s;
  d.s.lastLease = sessionEndsAt !== null && sessionEndsAt - endsAt < margin + LAST_LEASE_SLACK_MS;
  d.s.lease = { startedAt: d.now, endsAt };
  startTimer(d, "lease", endsAt);
  startTimer(d, "refresh", Math.min(d.now + frame.refreshInMs, endsAt));
}

export function welcomed(d: Draft, frame: ServerFrameOf<"welcome">): void {
  enter(d, "connected");
  d.s.welcomedAt = d.now;
  d.s.fresh = false;
  d.s.dials++;
  d.s.graceMs = frame.graceMs;
  holdLease(d, frame);
  startTimer(d, "ping", d.now + PING_INTERVAL_MS);
}

/** Starts a renewal, unless one is under way; never within a `Retry-After`. */
export function renew(d: Draft): void {
  if (d.s.request || d.s.presented) return;
  // In the last lease of a session there is nothing to gain before the session has ended.
  const end = d.s.lastLease ? (d.s.sessionEndsAt ?? d.now) : d.now;
  const notBefore = Math.max(d.s.blockedUntil, end);
  if (d.now < notBefore) return startTimer(d, "refresh", notBefore);
  stopTimer(d, "refresh");
  d.s.request = { id: nextId(d), use: "refresh" };
  d.effects.push({ type: "requestToken", request: d.s.request.id, use: "refresh" });
}

function renewLater(d: Draft, delayMs: number): void {
  startTimer(d, "refresh", Math.max(d.now + delayMs, d.s.blockedUntil));
}

/** The token route failed while the socket lives on: its lease is not touched by that. */
function renewAfterFailure(d: Draft): void {
  renewLater(d, fullJitter(d.s.refreshAttempt++, d.random));
}

/** A token for the open socket, or the reason why there is none. */
export function present(d: Draft, answer: TokenAnswer): void {
  if (refuseToken(d, answer)) return;
  if (answer.kind !== "token") return renewAfterFailure(d);
  const id = `refresh-${nextId(d)}`;
  d.s.presented = { id, at: d.now };
  d.effects.push({ type: "send", frame: { type: "auth.refresh", id, token: answer.token } });
  startTimer(d, "answer", d.now + ANSWER_TIMEOUT_MS);
}

export function refreshed(d: Draft, frame: ServerFrameOf<"auth.refreshed">): void {
  if (d.s.presented?.id !== frame.id) return;
  d.s.presentedAt = d.s.presented.at;
  d.s.presented = null;
  d.s.refreshAttempt = 0;
  d.s.refusedRefreshes = 0;
  d.s.refreshes++;
  stopTimer(d, "answer");
  enter(d, "connected");
  holdLease(d, frame);
  if (d.s.timers.ping === undefined) startTimer(d, "ping", d.now + PING_INTERVAL_MS);
}

/** The answer to our refresh is no. The same token would be refused again: the next one is new. */
export function refreshRefused(d: Draft, frame: ServerFrameOf<"error">): void {
  d.s.presented = null;
  stopTimer(d, "answer");
  const busy =
    frame.code === "rate_limited" || frame.code === "unavailable" || frame.code === "internal";
  if (!busy && ++d.s.refusedRefreshes >= REFUSED_REFRESHES_IN_A_ROW) {
    // The party closes 4401 as well; whoever is first, the verdict counts once.
    return afterClose(d, 4401);
  }
  const delay = fullJitter(d.s.refreshAttempt++, d.random);
  renewLater(d, Math.max(delay, frame.retryAfterMs ?? 0));
}

/** From now on nothing but a new token may be sent. */
export function enterGrace(d: Draft, endsAt: number): void {
  enter(d, "grace");
  d.s.lease = null;
  d.s.graceEndsAt = endsAt;
  // What was tried in good time says nothing about now, when there is little time left.
  d.s.refreshAttempt = 0;
  startTimer(d, "grace", endsAt);
  renew(d);
}

/** The lease ends by our clock whether or not a timer fired for it. */
export function passDeadlines(d: Draft): void {
  const { name, lease, graceEndsAt } = d.s;
  const isOver = name === "connected" && lease !== null && d.now >= lease.endsAt;
  const end = isOver ? lease.endsAt + d.s.graceMs : graceEndsAt;
  // The party's own word for this, without waiting for it.
  if (end !== null && d.now >= end) afterClose(d, 4408);
  else if (isOver && end !== null) enterGrace(d, end);
}

/** The party counts the grace from its own end of the lease, which is a little after ours. */
export function expired(d: Draft, graceMs: number): void {
  if (d.s.name === "connected") return enterGrace(d, d.now + graceMs);
  d.s.graceEndsAt = d.now + graceMs;
  startTimer(d, "grace", d.s.graceEndsAt);
}

/** The regular question; a late one comes after a sleep, when there is less reason for patience. */
export function heartbeat(d: Draft, late: boolean): void {
  startTimer(d, "ping", d.now + PING_INTERVAL_MS);
  if (late) checkNow(d);
  else sendPing(d, PONG_TIMEOUT_MS, false);
}

/** Is anybody there? Asked when the page wakes, with little patience. */
export function checkNow(d: Draft): void {
  if (d.s.ping?.wake) return;
  sendPing(d, WAKE_PONG_TIMEOUT_MS, true);
}

function sendPing(d: Draft, timeoutMs: number, wake: boolean): void {
  const id = `ping-${nextId(d)}`;
  d.s.ping = { id, wake };
  d.effects.push({ type: "send", frame: { type: "ping", id } });
  startTimer(d, "pong", d.now + timeoutMs);
}

/** Any frame is a sign of life, but after a sleep only an answer is: the rest was waiting in a buffer. */
export function heard(d: Draft, pongId?: string): void {
  if (!d.s.ping || (d.s.ping.wake && d.s.ping.id !== pongId)) return;
  d.s.ping = null;
  stopTimer(d, "pong");
}

/** Nobody answers on a socket that claims to be open. */
export function giveUpSocket(d: Draft): void {
  afterClose(d, 1006);
}
