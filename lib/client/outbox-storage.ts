import * as v from "valibot";
import { ClientId, Epoch, ERROR_CODES, OUTBOX_MESSAGES, Seq } from "../protocol";
import type { OutboxEntry } from "./outbox";

export type OutboxStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const Entries = v.pipe(
  v.array(
    v.object({
      key: v.string(),
      id: ClientId,
      text: v.string(),
      replyTo: v.optional(v.pipe(Seq, v.minValue(1))),
      epoch: v.optional(Epoch),
      createdAt: v.number(),
      state: v.picklist(["pending", "failed"]),
      error: v.optional(v.picklist(ERROR_CODES)),
      tries: v.number(),
    }),
  ),
  v.transform((entries) => entries.slice(0, OUTBOX_MESSAGES * 2)),
);

/**
 * The unacknowledged messages of one person in one room, kept over a reload. The person is part of
 * the key: what one has queued is never even read for another. A storage that is full or forbidden
 * keeps nothing and breaks nothing.
 */
const keyOf = (room: string, user: string) => `guestlist.outbox.1:${room}:${user}`;

export function saveOutbox(
  storage: OutboxStorage | null,
  room: string,
  user: string,
  entries: readonly OutboxEntry[],
): void {
  try {
    if (entries.length === 0) storage?.removeItem(keyOf(room, user));
    else storage?.setItem(keyOf(room, user), JSON.stringify(entries));
  } catch {
    // Best effort: the messages are still in memory and still go out.
  }
}

export function loadOutbox(
  storage: OutboxStorage | null,
  room: string,
  user: string,
): OutboxEntry[] {
  try {
    const raw = storage?.getItem(keyOf(room, user));
    const parsed = v.safeParse(Entries, raw ? JSON.parse(raw) : []);
    return parsed.success
      ? parsed.output.map(({ error, replyTo, epoch, ...entry }) => ({
          ...entry,
          ...(error && { error }),
          ...(replyTo !== undefined && { replyTo }),
          ...(epoch !== undefined && { epoch }),
        }))
      : [];
  } catch {
    return [];
  }
}
