import { useSyncExternalStore } from "react";

const MINUTE_MS = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}
const startOfDay = () => new Date().setHours(0, 0, 0, 0);

/** The first millisecond of the reader's day; redraws at midnight, within a minute. 0 on the server. */
export const useToday = (): number => useSyncExternalStore(subscribe, startOfDay, () => 0);
