import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import type { Visit } from "./visit";
import { firstNew, isBeyond } from "./visit";

const onVisibility = (listener: () => void) => {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
};
const isVisible = () => document.visibilityState === "visible";

/** True while the page can be seen, followed. */
export const usePageVisible = (): boolean =>
  useSyncExternalStore(onVisibility, isVisible, () => true);

export interface VisitView {
  visit: Visit | null;
  /** It is under way: the page can be seen and is up to date. */
  open: boolean;
  /** Sequence number of the first message that came since the last visit. */
  newSeq: number | null;
  /** It is not here yet: older pages are being fetched up to it. */
  seeking: boolean;
}

/**
 * One visit lasts from opening the page, or coming back to it, until it is hidden. What was new at
 * its beginning stays marked until the next one. Must be asked before anything is marked as read.
 */
export function useVisit(): VisitView {
  const client = useRoomClient();
  const { ready, live, messages, hasOlder, loadingOlder, olderFailed } = useRoom((view) => ({
    ready: view.ready,
    live: view.connection.phase === "connected",
    messages: view.messages,
    hasOlder: view.hasOlder,
    loadingOlder: view.loadingOlder,
    olderFailed: view.olderFailed,
  }));
  const visible = usePageVisible();
  const [{ visit, here }, setState] = useState<{ visit: Visit | null; here: boolean }>({
    visit: null,
    here: false,
  });
  // Not once it has begun: what is read from then on must not have the transcript drawn again.
  const next = useRoom(({ readSeq, seq }) => (here ? null : { readSeq, seq }));
  // While drawing, so that it is known before any effect tells the room what has been read.
  if (ready && live && visible && next) setState({ visit: next, here: true });
  else if (!visible && here) setState({ visit, here: false });

  const newSeq = useMemo(
    () => (visit ? firstNew(messages, visit, hasOlder) : null),
    [messages, visit, hasOlder],
  );
  const seeking = visit !== null && !olderFailed && isBeyond(messages, visit, hasOlder);
  useEffect(() => {
    if (seeking && !loadingOlder) client.loadOlder();
  }, [client, seeking, loadingOlder]);
  return { visit, open: here, newSeq, seeking };
}
