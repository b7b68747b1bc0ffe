import type { FocusEvent, PointerEvent } from "react";
import { useState } from "react";

/**
 * Whether somebody is at a message: points at it, is inside with the keyboard, or has opened
 * something of it (`hold`). A press leaves the focus behind, which is nobody's presence.
 */
export function useNearness() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [held, hold] = useState(false);
  const handlers = {
    onPointerEnter: (event: PointerEvent) => setPointed(event.pointerType !== "touch"),
    onPointerLeave: () => setPointed(false),
    onFocus: (event: FocusEvent) => setFocused(event.target.matches(":focus-visible")),
    onBlur(event: FocusEvent) {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
    },
  };
  return { near: pointed || focused || held, hold, handlers };
}
