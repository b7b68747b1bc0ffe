import { useEffect, useMemo, useState } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";

/**
 * Tells the room how far this person has read: up to the newest message while the end is in view and
 * the page is visible. Gives back how many of others' messages came in below since.
 */
export function useReadMark(atEnd: boolean): number {
  const client = useRoomClient();
  const { seq, ready, messages } = useRoom((view) => ({
    seq: view.seq,
    ready: view.ready,
    messages: view.messages,
  }));
  const visible = useVisible();
  const reading = ready && atEnd && visible;
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    if (!reading || seq === 0) return;
    setSeen(seq);
    client.markRead(seq);
  }, [client, reading, seq]);
  return useMemo(
    () => messages.filter((message) => !message.mine && (message.seq ?? 0) > seen).length,
    [messages, seen],
  );
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const read = () => setVisible(document.visibilityState === "visible");
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, []);
  return visible;
}
