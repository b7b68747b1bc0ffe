import { useRoom } from "@/lib/client/react";
import { useHidden, withoutHidden } from "../people/hidden";
import { unreadOf } from "./visit";

/**
 * How many of others' messages in this room are not read yet, and how many of them mention the
 * reader. What hidden people say is not counted.
 */
export function useUnread(): { count: number; mentions: number } {
  const { ids } = useHidden();
  return useRoom(({ messages: all, readSeq, me }) => {
    const messages = withoutHidden(all, ids);
    const count = unreadOf(messages, readSeq);
    if (count === 0 || !me) return { count, mentions: 0 };
    const meant = messages.filter(
      ({ mine, seq = 0, mentions }) => !mine && seq > readSeq && mentions?.includes(me.id),
    );
    return { count, mentions: meant.length };
  });
}
