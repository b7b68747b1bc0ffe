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

/**
 * The first millisecond of the reader's day; redraws at midnight, within a minute. 0 on the server.
 * `ahead`: how far this clock is ahead of the one that counts, in milliseconds.
 */
export const useToday = (ahead: number): number =>
  useSyncExternalStore(
    subscribe,
    () => new Date(Date.now() - ahead).setHours(0, 0, 0, 0),
    () => 0,
  );
