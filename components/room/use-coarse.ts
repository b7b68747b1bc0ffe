import { useSyncExternalStore } from "react";

const QUERY = "(pointer: coarse)";
let media: MediaQueryList | null = null;
/** One for the page: a thousand messages ask it. */
const coarse = () => (media ??= window.matchMedia(QUERY));

function subscribe(listener: () => void): () => void {
  coarse().addEventListener("change", listener);
  return () => coarse().removeEventListener("change", listener);
}

/** True where people point with a thumb, which cannot hover. */
export const useCoarse = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => coarse().matches,
    () => false,
  );
