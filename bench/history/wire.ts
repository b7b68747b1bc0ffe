import { WebSocket } from "ws";
import type { OpenSocket } from "../../lib/client/socket";
import { parseServerFrames } from "../../lib/protocol/parse";
import type { ClientFrame } from "../../lib/protocol/client-frames";
import type { ServerFrame, ServerFrameOf } from "../../lib/protocol/server-frames";
import type { Message } from "../../lib/protocol/values";
import type { Grant, Told, Written } from "./log";

export interface Tap {
  origin: string;
  write(line: Written): void;
  grantOf(token: string): Grant | undefined;
  /** False once the page is gone. */
  isAlive(): boolean;
  /** Once a frame has left: milliseconds until the same frame leaves again, or null. */
  again(): number | null;
}

/** A socket of the page's client that writes down what goes over it, in both directions. */
export function tappedSockets(tap: Tap): OpenSocket {
  let sockets = 0;
  return ({ partyHost, room, token, resume }, handlers) => {
    const socket = ++sockets;
    const { write } = tap;
    const query = new URLSearchParams({ token });
    for (const [name, value] of Object.entries(resume ?? {})) query.set(name, String(value));
    const grant = tap.grantOf(token) ?? { user: "?", sid: "?", room: "?", jti: token };
    write({
      ...{ ev: "dial", socket, grant },
      ...(resume && { epoch: resume.epoch, after: resume.after }),
    });
    const hear = listener(socket, resume !== undefined, write);
    // A page's closing handshake does not wait for ever for a party that says nothing.
    const options = { origin: tap.origin, closeTimeout: 1_000 };
    const ws = new WebSocket(`ws://${partyHost}/parties/main/${room}?${query}`, options);
    let over = false;
    const end = (code: number) => {
      if (over || !tap.isAlive()) return;
      over = true;
      write({ ev: "close", socket, code });
      handlers.onClose(code);
    };
    ws.on("message", (data) => {
      if (over || !tap.isAlive()) return;
      const text = String(data);
      // Written down first: what the client does about it comes after it.
      for (const frame of parseServerFrames(text).frames) hear(frame);
      handlers.onMessage(text);
    });
    ws.on("error", () => {});
    ws.on("close", end);

    const isOpen = () => !over && tap.isAlive() && ws.readyState === WebSocket.OPEN;
    return {
      send(text) {
        if (!isOpen()) return false;
        const frame = JSON.parse(text) as ClientFrame;
        const line = spoken(socket, frame);
        if (line) write(line);
        ws.send(text);
        const inMs = frame.type === "chat.send" ? tap.again() : null;
        if (line && inMs !== null) {
          setTimeout(() => {
            if (!isOpen()) return;
            write(line);
            ws.send(text);
          }, inMs);
        }
        return true;
      },
      close() {
        if (!over) write({ ev: "close", socket, code: 1000 });
        over = true;
        ws.close(1000);
      },
    };
  };
}

/** What a person's client asks for, as far as the history is concerned. */
function spoken(socket: number, frame: ClientFrame): Written | null {
  if (frame.type === "chat.send") return { ev: "send", socket, cid: frame.id, text: frame.text };
  if (frame.type !== "chat.edit") return null;
  return { ev: "edit", socket, cid: frame.id, seq: frame.seq, text: frame.text };
}

/** Writes down what the frames of one socket tell. */
function listener(socket: number, resumes: boolean, write: Tap["write"]) {
  let epoch = "";
  const recv = (message: Message, via: "live" | "welcome" | "missed" | "asked") =>
    write({ ev: "recv", socket, via, ...toldOf(message, epoch) });

  function welcome(frame: ServerFrameOf<"welcome">): void {
    const { seq, recovered, leaseMs, serverTime: at } = frame;
    epoch = frame.epoch;
    const where = { as: frame.user.id, into: frame.room.id };
    write({ ev: "conn", socket, epoch, seq, recovered, ...where, at, until: at + leaseMs });
    if (resumes && !recovered) write({ ev: "reset", socket, epoch, seq });
    for (const message of frame.messages) recv(message, "welcome");
  }

  function history(frame: ServerFrameOf<"history">): void {
    if (frame.id !== undefined) return frame.messages.forEach((message) => recv(message, "asked"));
    epoch = frame.epoch;
    const seq = frame.messages.at(-1)?.seq ?? 0;
    if (frame.recovered !== true) write({ ev: "reset", socket, epoch, seq });
    for (const message of frame.messages) recv(message, "missed");
  }

  return (frame: ServerFrame): void => {
    switch (frame.type) {
      case "welcome":
        return welcome(frame);
      case "history":
        return history(frame);
      case "chat.message":
        return recv(frame, "live");
      case "chat.updated":
        return write({ ev: "changed", socket, seq: frame.seq, epoch, text: frame.text });
      case "ack":
        return write({ ev: "ack", socket, cid: frame.id, seq: frame.seq, ts: frame.ts });
      case "error":
        if (frame.id !== undefined) write({ ev: "nack", socket, cid: frame.id, code: frame.code });
        return;
      case "auth.expired":
        return write({ ev: "expired", socket });
      case "auth.refreshed":
        // Counted from now, which is no sooner than the party's own beginning of it.
        return write({ ev: "lease", socket, until: Date.now() + frame.leaseMs });
    }
  };
}

export const toldOf = (message: Message, epoch: string): Told => ({
  ...{ cid: message.id, seq: message.seq, epoch, text: message.text },
  ...{ author: message.user.id, ts: message.ts },
});
