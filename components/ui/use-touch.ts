import { useSyncExternalStore } from "react";

const TOUCH = "(pointer: coarse) and (hover: none)";

let media: MediaQueryList | null = null;
const touch = () => (media ??= window.matchMedia(TOUCH));
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** One question to the browser for the whole page: each message asks. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) touch().addEventListener("change", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) touch().removeEventListener("change", tell);
  };
}

/** True where fingers are what one has: they cannot hover, and have no Shift beside Enter. False on the server. */
export const useTouch = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => touch().matches,
    () => false,
  );
