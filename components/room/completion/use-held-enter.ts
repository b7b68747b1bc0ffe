import { useEffect, useEffectEvent, useState } from "react";

/** Nobody waits longer than this to send a message: it then goes as it stands. */
const PATIENCE_MS = 1_500;

/**
 * Keeps one Enter back while the list it may mean to take from is on its way. `go` is called once the
 * list is here, or will not be in time.
 */
export function useHeldEnter(waiting: boolean, go: () => void) {
  const [held, setHeld] = useState(false);
  const release = useEffectEvent(() => {
    setHeld(false);
    go();
  });
  useEffect(() => {
    if (!held) return;
    const timer = setTimeout(() => release(), waiting ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [held, waiting]);
  return { held, hold: () => setHeld(true), drop: () => setHeld(false) };
}

/** Presses Enter in a field, as its person did a moment ago. */
export function pressEnter(field: HTMLTextAreaElement): void {
  const press = { key: "Enter", bubbles: true, cancelable: true };
  // Nobody took it: a made key has no effect by itself, and this is the one it would have.
  if (field.dispatchEvent(new KeyboardEvent("keydown", press)))
    document.execCommand("insertText", false, "\n");
}
