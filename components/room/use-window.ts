import type { RefObject } from "react";
import { startTransition, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Chunk } from "./chunks";
import type { Away } from "./window";
import { lookAtWindow, NOBODY_AWAY } from "./window";

/**
 * Which chunks are in the document, however many are loaded. `look` is to be called when the reader
 * has moved; true where something that is in view has been put in just then, and may have shifted it.
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  chunks: readonly Chunk[],
  /** Keys of chunks that are needed wherever the reader is. */
  wanted: readonly string[],
): { away: Away; look: () => boolean } {
  const [away, setAway] = useState(NOBODY_AWAY);
  /** What was asked for last, which may not be drawn yet. */
  const latest = useRef(NOBODY_AWAY);

  const keys = useMemo(() => chunks.map(({ key }) => key), [chunks]);

  const lookNow = useCallback(() => {
    if (!scroller.current || !list.current) return null;
    const before = latest.current;
    const next = lookAtWindow(scroller.current, list.current, keys, before, wanted);
    latest.current = next.away;
    return { ...next, changed: next.away !== before };
  }, [scroller, list, keys, wanted]);

  const look = useCallback(() => {
    const next = lookNow();
    if (!next) return false;
    const { urgent } = next;
    if (urgent) flushSync(() => setAway(urgent));
    // The rest in slices between frames.
    if (urgent || next.changed) startTransition(() => setAway(next.away));
    return urgent !== null;
  }, [lookNow]);

  // Other chunks, or one that is wanted now: drawn before anybody looks for it.
  useLayoutEffect(() => {
    const next = lookNow();
    if (next && (next.changed || next.urgent)) setAway(next.away);
  }, [lookNow]);

  return { away, look };
}
