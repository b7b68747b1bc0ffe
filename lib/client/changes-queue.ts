import type { ClientFrame, ErrorCode, Limits, ServerFrame, ServerFrameOf } from "../protocol";
import * as pure from "./changes";
import { loadChanges, saveChanges } from "./changes-storage";
import type { ClientDeps } from "./deps";
import { ACK_TIMEOUT_MS } from "./outbox";
import { outgoing, textProblem } from "./outgoing-text";
import type { ChangeResult } from "./types";

/**
 * The wishes at work: what is asked of stored messages, by whom, and when the next one leaves.
 * Kept over a drop and a reload, because an edit is as dear to who wrote it as a message.
 */
export function createChangesQueue(
  deps: ClientDeps,
  room: string,
  wire: { sendable(): number | null; send(frame: ClientFrame): boolean },
) {
  let owner: string | null = null;
  let epoch: string | null = null;
  let changes = pure.NO_CHANGES;
  let welcomed: number | null = null;
  let limits: Limits | null = null;
  let timer: unknown;

  function set(next: pure.Changes): void {
    const kept = next.entries !== changes.entries;
    changes = next;
    if (kept && owner !== null) saveChanges(deps.storage, room, owner, changes.entries);
  }

  function pump(): void {
    deps.clearTimeout(timer);
    const connection = wire.sendable();
    if (connection === null || connection !== welcomed) return;
    const next = pure.take(changes, connection, deps.now());
    if (next.frame) {
      if (!wire.send(next.frame)) return;
      set(next.changes);
      timer = deps.setTimeout(pump, ACK_TIMEOUT_MS);
    } else if (next.at !== null) {
      timer = deps.setTimeout(pump, Math.max(1, next.at - deps.now()));
    }
  }

  return {
    entries: () => changes.entries,
    pump,
    stop: () => deps.clearTimeout(timer),

    ask(seq: number, asked: pure.Wish): ChangeResult {
      if (epoch === null) return { ok: false, reason: "not_found" };
      const id = deps.newId();
      const wish = asked.kind === "edit" ? { ...asked, text: outgoing(asked.text) } : asked;
      if (wish.kind === "edit") {
        const problem = textProblem(wish.text, pure.frameOf({ id, seq, wish }), limits);
        if (problem) return { ok: false, reason: problem };
      }
      const next = pure.add(changes, { id, epoch, seq, wish, createdAt: deps.wallNow() });
      if (!next) return { ok: false, reason: "too_many" };
      set(next);
      pump();
      return { ok: true };
    },
    retry(id: string) {
      set(pure.retry(changes, id));
      pump();
    },
    dismiss: (id: string) => set(pure.without(changes, id)),

    welcome(frame: ServerFrameOf<"welcome">, socket: number) {
      limits = frame.limits;
      welcomed = socket;
      if (owner !== frame.user.id) {
        owner = frame.user.id;
        changes = pure.restore(pure.NO_CHANGES, loadChanges(deps.storage, room, owner));
      }
      inHistory(frame.epoch);
    },
    inHistory,
    /** The wish that an acknowledgement grants; it is ours no more, but the room's. */
    granted({ id }: ServerFrameOf<"ack">): pure.Change | undefined {
      const change = changes.entries.find((one) => one.id === id);
      if (change) set(pure.without(changes, id));
      return change;
    },
    note(frame: ServerFrame) {
      if (frame.type !== "error" || frame.id === undefined) return;
      set(pure.refused(changes, { ...frame, id: frame.id }, deps.now()));
    },
    failInFlight(code: ErrorCode) {
      if (changes.flight) set(pure.fail(changes, changes.flight.id, code));
    },
  };

  /** A history that starts anew takes the messages with it, and what was wanted of them. */
  function inHistory(now: string): void {
    epoch = now;
    set(pure.connected(changes, now));
  }
}
