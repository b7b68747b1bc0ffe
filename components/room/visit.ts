import { placeOf } from "@/lib/client/transcript";
import type { MessageView } from "@/lib/client/types";

/** So many unread messages are fetched to start at the first of them; with more one starts at the end. */
export const MAX_UNREAD_FETCHED = 500;

/** What had come in when somebody came (back) to the page: after what they had read, up to then. */
export interface Visit {
  readonly readSeq: number;
  readonly seq: number;
}

/** The first message of others that came since the last visit, among those that are loaded. */
export function firstNew(
  messages: readonly MessageView[],
  { readSeq, seq }: Visit,
  hasOlder: boolean,
): number | null {
  const first = messages[0]?.seq;
  // Whoever has read nothing is new here; only a room that is seen whole can be new from its start.
  const known = first !== undefined && (first <= readSeq + 1 || !hasOlder);
  if (!known || (readSeq === 0 && hasOlder) || seq <= readSeq) return null;
  for (let at = placeOf(messages, readSeq + 1); at < messages.length; at++) {
    const message = messages[at]!;
    if (message.seq === undefined || message.seq > seq) break;
    if (!message.mine) return message.seq;
  }
  return null;
}

/** True where the first unread message lies before those that are loaded, and not too far. */
export function isBeyond(
  messages: readonly MessageView[],
  { readSeq, seq }: Visit,
  hasOlder: boolean,
): boolean {
  const first = messages[0]?.seq;
  if (first === undefined || !hasOlder || readSeq === 0) return false;
  return first > readSeq + 1 && seq - readSeq <= MAX_UNREAD_FETCHED;
}

/** The messages of others that are loaded and not read. */
export function unreadOf(
  messages: readonly MessageView[],
  readSeq: number,
): readonly MessageView[] {
  return messages.slice(placeOf(messages, readSeq + 1)).filter(({ mine }) => !mine);
}
