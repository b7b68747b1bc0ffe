import { useRoom } from "@/lib/client/react";
import { useHidden, withoutHidden } from "../people/hidden";
import { unreadOf } from "./visit";

/**
 * How many of others' messages in this room are not read yet, and how many of them mention the
 * reader. What hidden people say is not counted.
 */
export function useUnread(): { count: number; mentions: number } {
  const { ids } = useHidden();
  return useRoom(({ messages, readSeq, me }) => {
    const unread = withoutHidden(unreadOf(messages, readSeq), ids);
    const meant = unread.filter(({ mentions }) => me && mentions?.includes(me.id));
    return { count: unread.length, mentions: meant.length };
  });
}
