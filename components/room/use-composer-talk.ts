import type { KeyboardEvent } from "react";
import { useRoomClient } from "@/lib/client/react";
import { useTalk, useTalkState } from "./talk";

/** What the composer has to do with other messages: it answers one, and leads to one's last. */
export function useComposerTalk() {
  const client = useRoomClient();
  const talk = useTalk();
  const replyTo = useTalkState((state) => state.replyTo) ?? undefined;

  /** True where the key was meant for this. */
  function onTalkKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    const { key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent } = event;
    if (shiftKey || altKey || ctrlKey || metaKey || nativeEvent.isComposing) return false;
    if (key === "Escape" && replyTo !== undefined) talk.replyTo(null);
    else if (key === "ArrowUp" && event.currentTarget.value === "") {
      const last = client.getSnapshot().messages.findLast((one) => one.mine && !one.deleted);
      if (last?.seq === undefined) return false;
      talk.edit(last.seq, "composer");
    } else return false;
    event.preventDefault();
    return true;
  }
  return { replyTo, onTalkKey, sent: () => replyTo !== undefined && talk.replyTo(null) };
}
