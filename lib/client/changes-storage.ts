import * as v from "valibot";
import { ClientId, Epoch, ERROR_CODES, OUTBOX_MESSAGES, Seq } from "../protocol";
import { Reason } from "../protocol/values";
import type { Change } from "./changes";
import type { OutboxStorage } from "./outbox-storage";

const Wish = v.variant("kind", [
  v.object({ kind: v.literal("edit"), text: v.string() }),
  v.object({ kind: v.literal("delete"), reason: v.exactOptional(Reason) }),
  v.object({ kind: v.literal("react"), emoji: v.string(), on: v.boolean() }),
]);

const Entries = v.pipe(
  v.array(
    v.object({
      id: ClientId,
      epoch: Epoch,
      seq: Seq,
      wish: Wish,
      createdAt: v.number(),
      state: v.picklist(["pending", "failed"]),
      error: v.optional(v.picklist(ERROR_CODES)),
      tries: v.number(),
    }),
  ),
  v.transform((entries) => entries.slice(0, OUTBOX_MESSAGES * 2)),
);

/** Beside the outbox, under the same rules: see outbox-storage.ts. */
const keyOf = (room: string, user: string) => `guestlist.changes.1:${room}:${user}`;

export function saveChanges(
  storage: OutboxStorage | null,
  room: string,
  user: string,
  entries: readonly Change[],
): void {
  try {
    if (entries.length === 0) storage?.removeItem(keyOf(room, user));
    else storage?.setItem(keyOf(room, user), JSON.stringify(entries));
  } catch {
    // Best effort: they are still in memory and still go out.
  }
}

export function loadChanges(storage: OutboxStorage | null, room: string, user: string): Change[] {
  try {
    const raw = storage?.getItem(keyOf(room, user));
    const parsed = v.safeParse(Entries, raw ? JSON.parse(raw) : []);
    return parsed.success
      ? parsed.output.map(({ error, ...entry }) => ({ ...entry, ...(error && { error }) }))
      : [];
  } catch {
    return [];
  }
}
