import { maySend } from "../machine/transition";
import type { Effect, MachineEvent } from "../machine/types";
import type { Step } from "./machine-moves";

/**
 * Watches a machine from outside, by what it was told and what it did, and names the promise that it
 * breaks. It keeps its own account of requests, sockets, timers and leases, so a machine that fools
 * itself does not fool it.
 */
export const PROMISES = [
  "one token request at a time",
  "one refresh in flight",
  "a token is presented once, as soon as it arrives",
  "after the lease nothing but a refresh",
  "after the grace nothing",
  "final: no timer, no request, no socket",
  "a way out of every other state",
  "two dials on refused fresh tokens",
  "no request within Retry-After",
  "after stop nothing",
  "timers and sockets in pairs",
] as const;
export type PromiseName = (typeof PROMISES)[number];

export class Broken extends Error {
  constructor(
    readonly promise: PromiseName,
    detail: unknown,
  ) {
    super(`${promise}: ${JSON.stringify(detail)}`);
  }
}

export const FINAL: ReadonlySet<string> = new Set(["signed_out", "failed", "closed"]);
const PERSON: ReadonlySet<string> = new Set(["start", "tryNow", "signedIn"]);
const LIVED_MS = 10_000;

export function watchMachine(): (step: Step) => void {
  const timers = new Set<string>();
  let request: { id: number; use: string } | null = null;
  let socket: number | null = null;
  let presented: { id: string; at: number } | null = null;
  let dialledAt = 0;
  let welcomedAt: number | null = null;
  let leaseEndsAt = -Infinity;
  let graceEndsAt = -Infinity;
  let graceMs = 0;
  let notBefore = -Infinity;
  let refused = 0;
  let stopped = false;
  let fresh = false;

  const dropSocket = (now: number) => {
    if (welcomedAt !== null && now - welcomedAt >= LIVED_MS) refused = 0;
    socket = presented = welcomedAt = null;
    leaseEndsAt = graceEndsAt = -Infinity;
  };
  const hold = (from: number, leaseMs: number) => {
    leaseEndsAt = from + leaseMs;
    graceEndsAt = leaseEndsAt + graceMs;
  };

  function hear(event: MachineEvent, { now, before }: Step): void {
    fresh = false;
    if (event.type === "token" && event.request === request?.id) {
      request = null;
      fresh = event.answer.kind === "token";
      if (event.answer.kind === "later" && event.answer.retryAfterMs !== undefined) {
        notBefore = Math.max(notBefore, now + event.answer.retryAfterMs);
      }
    } else if (event.type === "timer" && (before.timers[event.name] ?? Infinity) <= now) {
      timers.delete(event.name);
    } else if (event.type === "closed" && event.socket === socket) {
      dropSocket(now);
      if (event.code === 4401 || event.code === 4409) refused++;
    } else if (event.type === "frame" && event.socket === socket) hearFrame(event.frame, now);
    // A person, or a new cookie, begins anew.
    if (event.type === "signedIn" || (PERSON.has(event.type) && FINAL.has(before.name))) {
      refused = 0;
    }
  }

  function hearFrame(frame: Extract<MachineEvent, { type: "frame" }>["frame"], now: number): void {
    if (frame.type === "welcome" && welcomedAt === null) {
      welcomedAt = now;
      graceMs = frame.graceMs;
      hold(dialledAt, frame.leaseMs);
    } else if (frame.type === "auth.refreshed" && frame.id === presented?.id) {
      hold(presented.at, frame.leaseMs);
      presented = null;
    } else if (frame.type === "error" && frame.id === presented?.id) presented = null;
    else if (frame.type === "auth.expired" && welcomedAt !== null && now < graceEndsAt) {
      leaseEndsAt = Math.min(leaseEndsAt, now);
      graceEndsAt = now + frame.graceMs;
    } else if (frame.type === "error" && frame.code === "auth_expired" && now < leaseEndsAt) {
      leaseEndsAt = now;
      graceEndsAt = now + graceMs;
    }
  }

  function act(effect: Effect, now: number): void {
    switch (effect.type) {
      case "setTimer":
        return void timers.add(effect.name);
      case "clearTimer":
        return void timers.delete(effect.name);
      case "cancelToken":
        request = null;
        return;
      case "requestToken":
        if (request) throw new Broken("one token request at a time", { request, effect });
        if (effect.use === "refresh" && presented) throw new Broken("one refresh in flight", now);
        if (now < notBefore) throw new Broken("no request within Retry-After", { now, notBefore });
        request = { id: effect.request, use: effect.use };
        return;
      case "dial":
        if (socket !== null) throw new Broken("timers and sockets in pairs", effect);
        if (refused >= 2) throw new Broken("two dials on refused fresh tokens", refused);
        present();
        socket = effect.socket;
        dialledAt = now;
        return;
      case "closeSocket":
        return dropSocket(now);
      case "send":
        if (now >= graceEndsAt) throw new Broken("after the grace nothing", effect);
        if (effect.frame.type !== "auth.refresh") {
          if (now < leaseEndsAt) return;
          throw new Broken("after the lease nothing but a refresh", effect);
        }
        present();
        if (presented) throw new Broken("one refresh in flight", effect);
        presented = { id: effect.frame.id, at: now };
    }
  }

  function present(): void {
    if (!fresh) throw new Broken("a token is presented once, as soon as it arrives", request);
    fresh = false;
  }

  return (step) => {
    const { event, state, effects, now } = step;
    if (stopped && !PERSON.has(event.type) && effects.length > 0) {
      throw new Broken("after stop nothing", { event, effects });
    }
    hear(event, step);
    for (const effect of effects) act(effect, now);
    if (maySend(state, now) && now >= leaseEndsAt) {
      throw new Broken("after the lease nothing but a refresh", { now, leaseEndsAt });
    }
    const idle = timers.size === 0 && !request && socket === null;
    if (event.type === "stop") stopped = true;
    else if (PERSON.has(event.type)) stopped = false;
    if (stopped && !idle) throw new Broken("after stop nothing", { timers: [...timers], request });
    if (FINAL.has(state.name)) {
      if (!idle) throw new Broken("final: no timer, no request, no socket", [...timers]);
      return;
    }
    let known = 0;
    for (const name in state.timers) {
      known++;
      if (!timers.has(name)) throw new Broken("timers and sockets in pairs", name);
    }
    if (known !== timers.size || socket !== state.socket) {
      throw new Broken("timers and sockets in pairs", { timers: [...timers], state });
    }
    const ways = timers.size - (timers.has("suspend") ? 1 : 0);
    const waitsForNetwork = state.name === "waiting" && state.offline;
    if (ways === 0 && !request && !waitsForNetwork) {
      throw new Broken("a way out of every other state", state.name);
    }
  };
}
