import {
  errorFrame,
  HISTORY_PAGE_MESSAGES,
  MAX_RECOVERY_CHANGES,
  MAX_RECOVERY_MESSAGES,
  parseClientFrame,
  type ClientFrame,
  type ErrorCode,
  type Message,
  type ServerFrame,
} from "../../protocol";
import type { OpenSocket, Resume, SocketHandlers } from "../socket";
import type { FakeClock } from "./fake-clock";
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

const NAMES: Record<string, string> = { ada: "Ada", grace: "Grace" };
const userRef = (id: string) => ({ id, name: NAMES[id] ?? id });

/** A party that speaks the protocol on a fake clock: tokens, leases, seq, dedup, recovery. */
export function createFakeParty(clock: FakeClock, route: FakeRoute) {
  const peers: Peer[] = [];
  const stored: Message[] = [];
  /** The message of each change, in order. */
  const changes: number[] = [];
  const byId = new Map<string, Message>();
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
    const recovered =
      resume?.epoch === party.epoch &&
      stored.length - resume.after <= MAX_RECOVERY_MESSAGES &&
      changes.length - (resume.rev ?? changes.length) <= MAX_RECOVERY_CHANGES;
    const messages = recovered
      ? stored.slice(resume.after)
      : stored.slice(Math.max(0, stored.length - HISTORY_PAGE_MESSAGES));
    const user = userRef(peer.user);
    send(peer, [
      welcomeFrame({
        connection: String(peer.id),
        user,
        epoch: party.epoch,
        seq: stored.length,
        recovered,
        leaseMs: leaseNow(),
        refreshInMs: leaseNow() * party.refreshShare,
        graceMs: party.graceMs,
        messages,
        rev: changes.length,
        ...(recovered && resume.rev !== undefined && { changed: changedSince(resume.rev) }),
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
    if (frame.type === "history.get") return history(peer, frame);
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
  function change(
    user: string,
    frame: Extract<ClientFrame, { type: "chat.edit" | "chat.delete" | "chat.react" }>,
    peer?: Peer,
  ): void {
    const { id, seq } = frame;
    const message = stored[seq - 1];
    if (!message || (message.deleted && frame.type !== "chat.delete")) {
      if (peer) send(peer, [errorFrame("not_found", { id })]);
      return;
    }
    const ts = clock.now();
    if (peer) send(peer, [{ type: "ack", id, seq, ts }]);
    if (message.deleted) return;
    const rev = changes.push(seq);
    if (frame.type === "chat.edit") {
      const { text } = frame;
      stored[seq - 1] = { ...message, text, editedAt: ts };
      return broadcast({ type: "chat.updated", seq, text, editedAt: ts, rev });
    }
    if (frame.type === "chat.delete") {
      const gone = { text: "", deleted: true, deletedBy: user, reactions: {} };
      stored[seq - 1] = { ...message, ...gone };
      return broadcast({ type: "chat.deleted", seq, by: user, rev });
    }
    const { [frame.emoji]: before = [], ...rest } = message.reactions ?? {};
    const others = before.filter((one) => one !== user);
    const now = frame.on ? [...others, user] : others;
    const reactions = now.length > 0 ? { ...rest, [frame.emoji]: now } : rest;
    stored[seq - 1] = { ...message, reactions };
    broadcast({ type: "chat.reactions", seq, reactions, rev });
  }

  const changedSince = (rev: number): Message[] =>
    [...new Set(changes.slice(rev))].map((seq) => stored[seq - 1] as Message);

  function broadcast(frame: ServerFrame): void {
    for (const peer of party.openSockets()) {
      if (clock.now() < peer.leaseEndsAt) send(peer, [frame]);
    }
  }

  /** Stores once per person and id, then tells everybody who is authorised. */
  function say(user: string, id: string, text: string, replyTo?: number): Message {
    const known = byId.get(`${user} ${id}`);
    if (known) return known;
    const seq = stored.length + 1;
    const message: Message = {
      ...{ seq, id, user: userRef(user), text, ts: clock.now() },
      ...(replyTo !== undefined && { replyTo }),
    };
    stored.push(message);
    byId.set(`${user} ${id}`, message);
    broadcast({ type: "chat.message", ...message });
    return message;
  }

  function history(peer: Peer, frame: Extract<ClientFrame, { type: "history.get" }>): void {
    const { id, before, after, limit } = frame;
    const { epoch } = party;
    if (after !== undefined) {
      const messages = stored.slice(after, after + limit);
      const hasMore = after + limit < stored.length;
      return send(peer, [{ type: "history", id, epoch, messages, hasMore }]);
    }
    const end = before === undefined ? stored.length : before - 1;
    const from = Math.max(0, end - limit);
    const messages = stored.slice(from, end);
    send(peer, [{ type: "history", id, epoch, messages, hasMore: from > 0 }]);
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
        ...{ rev: changes.length, changed: changedSince(missed.rev) },
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
