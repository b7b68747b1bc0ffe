import type { ClientFrame, ServerFrame } from "../protocol";
import type { ClientDeps } from "./deps";
import { withView, type RoomModel } from "./model";
import { merge, messageAt } from "./transcript";

/** A page full of answers to old messages must not use up what the party allows in a second. */
const PACE_MS = 100;
const ANSWER_TIMEOUT_MS = 10_000;

/** Fetches messages that are quoted but lie outside of the list, one after the other. */
export function createQuotes(
  deps: Pick<ClientDeps, "setTimeout" | "clearTimeout" | "newId">,
  send: (frame: ClientFrame) => boolean,
  update: (change: (model: RoomModel) => RoomModel) => void,
) {
  const wanted = new Set<number>();
  let asked: { id: string; seq: number } | null = null;
  let timer: unknown;

  function pump(): void {
    if (asked) return;
    const [seq] = wanted;
    if (seq === undefined) return;
    const id = deps.newId();
    if (!send({ type: "history.get", id, after: seq - 1, limit: 1 })) return;
    asked = { id, seq };
    // No answer is an answer: it is told as an earlier message, and asked for again when it is drawn anew.
    timer = deps.setTimeout(() => next(seq), ANSWER_TIMEOUT_MS);
  }

  function next(done: number | null, waitMs = PACE_MS): void {
    if (done !== null) wanted.delete(done);
    deps.clearTimeout(timer);
    timer = deps.setTimeout(() => {
      asked = null;
      pump();
    }, waitMs);
  }

  return {
    pump,
    want({ view }: RoomModel, seq: number): void {
      if (seq < 1 || messageAt(view.messages, seq) || messageAt(view.quoted, seq)) return;
      wanted.add(seq);
      pump();
    },
    note(frame: ServerFrame): void {
      if (!asked || !("id" in frame) || frame.id !== asked.id) return;
      if (frame.type === "error") {
        return next(frame.retryable ? null : asked.seq, frame.retryAfterMs ?? ANSWER_TIMEOUT_MS);
      }
      if (frame.type !== "history") return;
      const { seq } = asked;
      const found = frame.messages.filter((message) => message.seq === seq);
      update((model) => {
        if (frame.epoch !== model.epoch) return model;
        const { quoted, me } = model.view;
        return withView(model, { quoted: merge(quoted, found, me?.id) });
      });
      next(seq);
    },
    /** A new connection has been asked nothing; what is still wanted is asked there. */
    welcomed(): void {
      deps.clearTimeout(timer);
      asked = null;
    },
    stop(): void {
      deps.clearTimeout(timer);
      wanted.clear();
      asked = null;
    },
  };
}
