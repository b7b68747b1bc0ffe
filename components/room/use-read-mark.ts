import { useEffect, useMemo } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { usePageVisible } from "./use-visit";
import { unreadOf } from "./visit";

/**
 * Tells the room how far this person has read: up to the newest message while the end is in view and
 * the page is visible. Gives back how many of others' messages wait below.
 */
export function useReadMark(atEnd: boolean): number {
  const client = useRoomClient();
  const { seq, ready, readSeq, messages } = useRoom((view) => ({
    seq: view.seq,
    ready: view.ready,
    readSeq: view.readSeq,
    messages: view.messages,
  }));
  const visible = usePageVisible();
  const reading = ready && atEnd && visible;
  useEffect(() => {
    if (reading && seq > 0) client.markRead(seq);
  }, [client, reading, seq]);
  return useMemo(() => unreadOf(messages, readSeq).length, [messages, readSeq]);
}
