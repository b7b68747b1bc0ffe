import { useRoom } from "@/lib/client/react";
import { unreadOf } from "./visit";

/** How many of others' messages in this room are not read yet, and how many of them mention the reader. */
export function useUnread(): { count: number; mentions: number } {
  return useRoom(({ messages, readSeq, me }) => {
    const count = unreadOf(messages, readSeq);
    if (count === 0 || !me) return { count, mentions: 0 };
    const meant = messages.filter(
      ({ mine, seq = 0, mentions }) => !mine && seq > readSeq && mentions?.includes(me.id),
    );
    return { count, mentions: meant.length };
  });
}
