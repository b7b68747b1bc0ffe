import { useSyncExternalStore } from "react";
import type { drawMarkdown } from "./draw";

type Draw = typeof drawMarkdown;

let draw: Draw | null = null;
let asked = false;
const listeners = new Set<() => void>();

/**
 * Fetches what draws Markdown: apart from the page, so that the page comes sooner; asked for with it,
 * so that it is here before the first message, which needs a token and a socket.
 */
export async function loadMarkdown(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    draw = (await import("./draw")).drawMarkdown;
    for (const listener of listeners) listener();
  } catch {
    // Messages stay as they were typed; the next message that needs it asks again.
    asked = false;
  }
}

function subscribe(listener: () => void): () => void {
  void loadMarkdown();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draws Markdown; null until it has been fetched. */
export const useMarkdown = (): Draw | null =>
  useSyncExternalStore(
    subscribe,
    () => draw,
    () => null,
  );
