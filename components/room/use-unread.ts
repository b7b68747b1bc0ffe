import { useRoom } from "@/lib/client/react";
import type { KnownName } from "./mentions";
import { findMentions, namesToFind } from "./mentions";
import { unreadOf } from "./visit";

/** How many of others' messages in this room are not read yet, and whether one mentions the reader. */
export function useUnread(): { count: number; mentioned: boolean } {
  return useRoom(({ messages, readSeq, me }) => {
    const count = unreadOf(messages, readSeq);
    const names = namesToFind([], me?.name);
    const mentioned =
      count > 0 &&
      messages.some(
        ({ mine, seq = 0, text }) => !mine && seq > readSeq && isMentioned(text, names),
      );
    return { count, mentioned };
  });
}

const isMentioned = (text: string, names: readonly KnownName[]): boolean =>
  findMentions(text, names).some((piece) => piece.kind === "mention");
