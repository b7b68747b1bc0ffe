import {
  parseServerFrames,
  PROTOCOL_VERSION,
  type ClientFrame,
  type ErrorCode,
  type ServerFrame,
  type UserRef,
} from "../protocol";
import type { ClientDeps } from "./deps";
import { maySend, transition } from "./machine/transition";
import { INITIAL, type Effect, type MachineEvent, type TimerName } from "./machine/types";
import { sameView, viewOf } from "./machine/view";
import type { Resume, Socket } from "./socket";
import { requestToken, type TokenAnswer } from "./token-request";
import type { ConnectionView } from "./types";

export interface ConnectionHooks {
  /** Frames of one message, in order, after the machine has read them. */
  onFrames(frames: readonly ServerFrame[], socket: number): void;
  onView(view: ConnectionView): void;
  onFailMessage(code: ErrorCode): void;
  /** The app gives no token for this room, and says more of it than that. */
  onRefused(answer: Extract<TokenAnswer, { kind: "forbidden" }>): void;
  /** Asked at each dial. */
  resume(): Resume | undefined;
  /** How many connections the room is known to hold; asked at each close. */
  crowd(): number;
}

export interface Connection {
  dispatch(event: MachineEvent): void;
  view(): ConnectionView;
  /** The socket that messages may leave on right now, or null. */
  sendable(): number | null;
  /** False where the frame did not leave. */
  send(frame: ClientFrame): boolean;
}

/** Carries out what the machine decides: tokens, sockets and timers. Decides nothing itself. */
export function createConnection(
  deps: ClientDeps,
  options: { room: string; partyHost: string; tokenUrl: string; me?: UserRef },
  hooks: ConnectionHooks,
): Connection {
  let state = INITIAL;
  let view = viewOf(state);
  let socket: Socket | null = null;
  let abort: AbortController | null = null;
  const timers = new Map<TimerName, unknown>();
  const queue: MachineEvent[] = [];
  let running = false;

  /** Effects may cause events (a socket that fails at once): one after the other, never nested. */
  function dispatch(event: MachineEvent): void {
    queue.push(event);
    if (running) return;
    running = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const step = transition(state, next, { now: deps.now(), random: deps.random });
        state = step.state;
        for (const effect of step.effects) run(effect);
      }
    } finally {
      running = false;
    }
    const nextView = viewOf(state);
    if (sameView(view, nextView)) return;
    view = nextView;
    hooks.onView(view);
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case "requestToken":
        return fetchToken(effect.request, effect.use);
      case "cancelToken":
        abort?.abort();
        abort = null;
        return;
      case "dial":
        return dial(effect.socket, effect.token);
      case "closeSocket":
        // Somebody who leaves on purpose is in no hurry to dial again.
        socket?.close(state.name === "closed");
        socket = null;
        return;
      case "send":
        socket?.send(JSON.stringify(effect.frame));
        return;
      case "setTimer":
        deps.clearTimeout(timers.get(effect.name));
        timers.set(
          effect.name,
          deps.setTimeout(() => dispatch({ type: "timer", name: effect.name }), effect.inMs),
        );
        return;
      case "clearTimer":
        deps.clearTimeout(timers.get(effect.name));
        timers.delete(effect.name);
        return;
      case "failMessage":
        return hooks.onFailMessage(effect.code);
    }
  }

  function fetchToken(request: number, use: "connect" | "refresh"): void {
    const current = new AbortController();
    abort = current;
    const { room, tokenUrl: url } = options;
    void requestToken(deps, { url, room, use, signal: current.signal }).then((answer) => {
      if (current.signal.aborted) return;
      if (answer.kind === "forbidden") hooks.onRefused(answer);
      dispatch({ type: "token", request, answer });
    });
  }

  function dial(id: number, token: string): void {
    const { room, partyHost } = options;
    socket = deps.openSocket(
      { room, partyHost, token, resume: hooks.resume() },
      {
        onMessage: (data) => receive(id, data),
        onClose: (code) => dispatch({ type: "closed", socket: id, code, crowd: hooks.crowd() }),
      },
    );
  }

  function receive(id: number, data: unknown): void {
    if (state.socket !== id) return;
    const { frames, unknown } = parseServerFrames(data);
    if (unknown > 0 && isForeignWelcome(data)) return dispatch({ type: "foreign", socket: id });
    if (isForSomebodyElse(frames)) return dispatch({ type: "stranger", socket: id });
    for (const frame of frames) dispatch({ type: "frame", socket: id, frame });
    hooks.onFrames(frames, id);
  }

  /**
   * The cookie may have become another person's in another tab. This page still shows the first one's
   * name, draft and waiting messages: nothing on it may be said in the name of the second.
   */
  function isForSomebodyElse([first]: readonly ServerFrame[]): boolean {
    return options.me !== undefined && first?.type === "welcome" && first.user.id !== options.me.id;
  }

  return {
    dispatch,
    view: () => view,
    sendable: () => (maySend(state, deps.now()) ? state.socket : null),
    send: (frame) =>
      maySend(state, deps.now()) && socket !== null && socket.send(JSON.stringify(frame)),
  };
}

/** A welcome of another version: this page is older than the party, and reloading helps. */
function isForeignWelcome(data: unknown): boolean {
  try {
    const value: unknown = JSON.parse(String(data));
    const first = (Array.isArray(value) ? value[0] : value) as Record<string, unknown> | null;
    return first?.["type"] === "welcome" && first["protocol"] !== PROTOCOL_VERSION;
  } catch {
    return false;
  }
}
