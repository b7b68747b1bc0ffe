"use client";

import { choose, usePreference } from "../shell/preferences";
import { Switch } from "../ui/switch";

/** Whoever speaks to a computer, or rests a hand on it, can turn keys that act alone off (WCAG 2.1.4). */
export function KeyboardSettings() {
  return (
    <Switch
      label="Keys that work alone"
      hint="? shows the shortcuts of a room while you are not writing. Shortcuts with Ctrl or ⌘ always work."
      on={usePreference("singleKeys")}
      onChange={(on) => choose("singleKeys", on)}
    />
  );
}
