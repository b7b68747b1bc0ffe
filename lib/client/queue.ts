import type { ClientFrame, ErrorCode, Limits, ServerFrame, ServerFrameOf } from "../protocol";
import type { ClientDeps } from "./deps";
import * as outbox from "./outbox";
import { loadOutbox, saveOutbox } from "./outbox-storage";
import { outgoing, textProblem } from "./outgoing-text";
import { keyOf } from "./transcript";
import type { RoomClient } from "./types";

type SendResult = ReturnType<RoomClient["send"]>;

/**
 * The outbox at work: who it belongs to, when it is kept, and when its next message leaves.
 * Messages written before the first welcome belong to `person`, or to whoever is welcomed first.
 */
export function createQueue(
  deps: ClientDeps,
  room: string,
  person: string | null,
  wire: { sendable(): number | null; send(frame: ClientFrame): boolean },
  changed: () => void,
) {
  let owner = person;
  let restored = false;
  let box = outbox.EMPTY_OUTBOX;
  /** The socket whose welcome named the owner; no other socket gets a message. */
  let welcomed: number | null = null;
  let limits: Limits | null = null;
  let timer: unknown;

  function set(next: outbox.Outbox): void {
    const kept = next.entries !== box.entries;
    box = next;
    if (!kept) return;
    if (owner !== null) saveOutbox(deps.storage, room, owner, box.entries);
    changed();
  }

  function own(user: string): void {
    if (restored && owner === user) return;
    if (owner !== null && owner !== user) box = outbox.EMPTY_OUTBOX;
    owner = user;
    restored = true;
    box = outbox.restore(box, loadOutbox(deps.storage, room, user));
    saveOutbox(deps.storage, room, user, box.entries);
    changed();
  }

  /** Sends what may be sent now, and comes back when more may be. */
  function pump(): void {
    deps.clearTimeout(timer);
    for (;;) {
      const connection = wire.sendable();
      if (connection === null || connection !== welcomed) return;
      const next = outbox.take(box, connection, deps.now());
      if (next.frame) {
        if (!wire.send(next.frame)) return;
        set(next.box);
      } else {
        if (next.at !== null) timer = deps.setTimeout(pump, Math.max(1, next.at - deps.now()));
        return;
      }
    }
  }

  return {
    entries: () => box.entries,
    pump,
    start() {
      if (owner !== null) own(owner);
    },
    stop: () => deps.clearTimeout(timer),

    send(given: string, reply?: { replyTo: number; epoch: string }): SendResult {
      const text = outgoing(given);
      const id = deps.newId();
      const problem = textProblem(text, { type: "chat.send", id, text }, limits);
      if (problem) return { ok: false, reason: problem };
      const key = keyOf(owner ?? "me", id);
      const next = outbox.add(box, { key, id, text, ...reply, createdAt: deps.wallNow() });
      if (!next) return { ok: false, reason: "outbox_full" };
      set(next);
      pump();
      return { ok: true, key };
    },
    retry(key: string) {
      set(outbox.retry(box, key));
      pump();
    },
    discard(key: string) {
      set(outbox.discard(box, key));
      pump();
    },

    welcome(frame: ServerFrameOf<"welcome">, socket: number) {
      limits = frame.limits;
      welcomed = socket;
      own(frame.user.id);
      set(outbox.connected(outbox.inHistory(box, frame.epoch), limits, deps.now()));
    },
    /** Everything that proves a message of ours stored, or refuses it. */
    note(frame: ServerFrame) {
      if (frame.type === "ack") set(outbox.acknowledged(box, frame.id));
      else if (frame.type === "chat.message") stored([frame]);
      else if (frame.type === "welcome" || frame.type === "history") stored(frame.messages);
      else if (frame.type === "error" && frame.id !== undefined) {
        set(outbox.refused(box, { ...frame, id: frame.id }, deps.now()));
      }
    },
    failInFlight: (code: ErrorCode) => set(outbox.failInFlight(box, code)),
  };

  function stored(messages: readonly { id: string; user: { id: string } }[]): void {
    let next = box;
    for (const { id, user } of messages) {
      if (user.id === owner) next = outbox.acknowledged(next, id);
    }
    set(next);
  }
}
