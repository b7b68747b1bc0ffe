import {
  errorFrame,
  parseClientFrame,
  type ClientFrame,
  type ErrorCode,
  type Message,
  type ServerFrame,
} from "../../protocol";
import type { OpenSocket, Resume, SocketHandlers } from "../socket";
import type { FakeClock } from "./fake-clock";
import { type ChangeFrame, createFakeRoom, userRef } from "./fake-room";
import type { FakeRoute } from "./fake-route";
import { welcomeFrame } from "./welcome-frame";

interface Peer {
  id: number;
  user: string;
  handlers: SocketHandlers;
  /** The two directions of the line; cut, neither arrives. */
  open: boolean;
  leaseEndsAt: number;
  missed: { after: number; rev: number } | null;
  timers: number[];
  allowance: number;
}

/** A party that speaks the protocol on a fake clock: tokens, leases, seq, dedup, recovery. */
export function createFakeParty(clock: FakeClock, route: FakeRoute) {
  const peers: Peer[] = [];
  const room = createFakeRoom(() => clock.now());
  const { stored, changes } = room;
  /** Every frame that arrived, with its time and whether the lease covered it. */
  const heard: { at: number; socket: number; frame: ClientFrame; authorised: boolean }[] = [];
  let sockets = 0;

  const party = {
    peers,
    stored,
    heard,
    changes,
    epoch: "e1",
    leaseMs: 300_000,
    graceMs: 25_000,
    latencyMs: 0,
    refreshShare: 0.8,
    /** Refuses handshakes, dials included, as an unreachable host does. */
    down: false,
    /** Accepts everything and answers nothing. */
    silent: false,
    messagesPerConnection: Infinity,
    /** Closes a new socket instead of welcoming it. */
    refuse: null as { code: number; error?: ErrorCode; retryAfterMs?: number } | null,
    /** Answers a frame instead of the party's own rules; null lets the rules decide. */
    intercept: (_frame: ClientFrame): ServerFrame[] | null => null,
    dials: [] as { at: number; token: string; resume: unknown }[],
    openSockets: () => peers.filter((peer) => peer.open),
    open: open as OpenSocket,
    close,
    cut: (socket?: number) => {
      for (const peer of peers) if (socket === undefined || peer.id === socket) lose(peer, 1006);
    },
    tell: (...frames: ServerFrame[]) => {
      for (const peer of party.openSockets()) send(peer, frames);
    },
    say,
    change,
  };

  function open(
    { token, resume }: Parameters<OpenSocket>[0],
    handlers: SocketHandlers,
  ): ReturnType<OpenSocket> {
    party.dials.push({ at: clock.now(), token, resume });
    const peer: Peer = {
      id: ++sockets,
      user: "",
      handlers,
      open: true,
      leaseEndsAt: 0,
      missed: null,
      timers: [],
      allowance: party.messagesPerConnection,
    };
    peers.push(peer);
    clock.setTimeout(() => connect(peer, token, resume), party.latencyMs);
    return {
      send(text) {
        if (!peer.open) return false;
        clock.setTimeout(() => peer.open && receive(peer, text), party.latencyMs);
        return true;
      },
      close: () => end(peer),
    };
  }

  function connect(peer: Peer, token: string, resume: Resume | undefined) {
    if (!peer.open || party.silent) return;
    if (party.down) return lose(peer, 1006);
    if (party.refuse) {
      const { code, error, retryAfterMs } = party.refuse;
      if (error)
        send(peer, [errorFrame(error, retryAfterMs === undefined ? {} : { retryAfterMs })]);
      return close(peer.id, code);
    }
    const found = route.spend(token, "connect");
    if (typeof found === "string") {
      if (found === "unauthorized") return lose(peer, 1006);
      send(peer, [errorFrame(found)]);
      return close(peer.id, found === "token_spent" ? 4409 : 4401);
    }
    peer.user = found.user;
    grant(peer);
    const user = userRef(peer.user);
    send(peer, [
      welcomeFrame({
        connection: String(peer.id),
        user,
        epoch: party.epoch,
        leaseMs: leaseNow(),
        refreshInMs: leaseNow() * party.refreshShare,
        graceMs: party.graceMs,
        serverTime: clock.now(),
        ...room.resumed(resume, party.epoch),
      }),
    ]);
  }

  function receive(peer: Peer, text: string): void {
    const parsed = parseClientFrame(text);
    if (!parsed.ok) throw new Error(`the client sent what the party cannot read: ${parsed.code}`);
    const { frame } = parsed;
    const authorised = clock.now() < peer.leaseEndsAt;
    heard.push({ at: clock.now(), socket: peer.id, frame, authorised });
    if (party.silent) return;
    const answers = party.intercept(frame);
    if (answers) return send(peer, answers);
    const id = "id" in frame ? frame.id : undefined;
    if (frame.type === "auth.refresh") return refresh(peer, frame.id, frame.token);
    if (!authorised) return send(peer, [errorFrame("auth_expired", { id })]);
    if (frame.type === "ping") return send(peer, [{ type: "pong", ...(id && { id }) }]);
    if (frame.type === "history.get") {
      const { epoch } = party;
      return send(peer, [{ type: "history", id: frame.id, epoch, ...room.page(frame) }]);
    }
    if (frame.type === "chat.send") {
      if (peer.allowance-- <= 0) {
        peer.allowance = 1;
        return send(peer, [errorFrame("rate_limited", { id, retryAfterMs: 150 })]);
      }
      const { seq, ts } = say(peer.user, frame.id, frame.text, frame.replyTo);
      return send(peer, [{ type: "ack", id: frame.id, seq, ts }]);
    }
    if (frame.type === "chat.edit" || frame.type === "chat.delete" || frame.type === "chat.react") {
      change(peer.user, frame, peer);
    }
  }

  /** Changes a stored message and tells everybody; `peer` hears first that it was done, or why not. */
  function change(user: string, frame: ChangeFrame, peer?: Peer): void {
    const { id, seq } = frame;
    const isThere = room.has(frame);
    const answer: ServerFrame = isThere
      ? { type: "ack", id, seq, ts: clock.now() }
      : errorFrame("not_found", { id });
    if (peer) send(peer, [answer]);
    const told = isThere ? room.change(user, frame) : null;
    if (told) broadcast(told);
  }

  function broadcast(frame: ServerFrame): void {
    for (const peer of party.openSockets()) {
      if (clock.now() < peer.leaseEndsAt) send(peer, [frame]);
    }
  }

  /** Stores, then tells everybody who is authorised. */
  function say(user: string, id: string, text: string, replyTo?: number): Message {
    const { message, isNew } = room.say(user, id, text, replyTo);
    if (isNew) broadcast({ type: "chat.message", ...message });
    return message;
  }

  function refresh(peer: Peer, id: string, token: string): void {
    const found = route.spend(token, "refresh");
    if (typeof found === "string") return send(peer, [errorFrame(found, { id })]);
    const { missed } = peer;
    const leaseMs = leaseNow();
    grant(peer);
    const refreshInMs = leaseMs * party.refreshShare;
    send(peer, [{ type: "auth.refreshed", id, leaseMs, refreshInMs, role: "member" }]);
    if (!missed || (missed.after === stored.length && missed.rev === changes.length)) return;
    const messages = stored.slice(missed.after);
    send(peer, [
      {
        ...{ type: "history", epoch: party.epoch, messages, hasMore: false, recovered: true },
        ...{ rev: changes.length, changed: room.changedSince(missed.rev) },
      },
    ]);
  }

  /** No lease outlives the login session. */
  const leaseNow = () => Math.min(party.leaseMs, Math.max(0, route.sessionEndsAt - clock.now()));

  /** A lease from now on, with its warning, its end and the end of its grace. */
  function grant(peer: Peer): void {
    for (const timer of peer.timers) clock.clearTimeout(timer);
    const { graceMs } = party;
    const leaseMs = leaseNow();
    peer.leaseEndsAt = clock.now() + leaseMs;
    peer.missed = null;
    peer.timers = [
      clock.setTimeout(
        () => send(peer, [{ type: "auth.expiring", inMs: leaseMs * 0.1 }]),
        leaseMs * 0.9,
      ),
      clock.setTimeout(() => {
        peer.missed = { after: stored.length, rev: changes.length };
        send(peer, [{ type: "auth.expired", graceMs }]);
      }, leaseMs),
      clock.setTimeout(() => close(peer.id, 4408), leaseMs + graceMs),
    ];
  }

  function send(peer: Peer, frames: ServerFrame[]): void {
    if (!peer.open || party.silent) return;
    const data = JSON.stringify(frames.length === 1 ? frames[0] : frames);
    clock.setTimeout(() => peer.open && peer.handlers.onMessage(data), party.latencyMs);
  }

  function close(socket: number, code: number): void {
    const peer = peers.find((one) => one.id === socket);
    if (peer) clock.setTimeout(() => lose(peer, code), party.latencyMs);
  }

  function lose(peer: Peer, code: number): void {
    if (!peer.open) return;
    end(peer);
    peer.handlers.onClose(code);
  }

  function end(peer: Peer): void {
    peer.open = false;
    for (const timer of peer.timers) clock.clearTimeout(timer);
  }
  return party;
}
export type FakeParty = ReturnType<typeof createFakeParty>;
