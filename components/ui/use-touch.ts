import { useSyncExternalStore } from "react";

const TOUCH = "(pointer: coarse) and (hover: none)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(TOUCH);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** True where fingers are what one has: no Shift beside Enter there. False on the server. */
export const useTouch = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(TOUCH).matches,
    () => false,
  );
