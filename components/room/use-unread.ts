import { useRoom } from "@/lib/client/react";
import { findMentions, namesToFind } from "./mentions";

/** Others' messages in this room that are not read yet, and whether one of them mentions the reader. */
export function useUnread(): { count: number; mentioned: boolean } {
  const unread = useRoom((view) =>
    view.messages.filter(
      (message) => !message.mine && !message.deleted && (message.seq ?? 0) > view.readSeq,
    ),
  );
  const own = useRoom((view) => view.me?.name);
  const names = namesToFind([], own);
  const mentioned = unread.some(({ text }) =>
    findMentions(text, names).some((piece) => piece.kind === "mention"),
  );
  return { count: unread.length, mentioned };
}
