/** What the keyboard does in a room; what the page says of it is in shortcut-lines.ts. */
export type Shortcut = "switch" | "help" | "region" | "regionBack";

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** `typing`: the focus is where characters are text. `singleKeys`: a key alone may be a shortcut. */
export function shortcutOf(
  { key, ctrlKey, metaKey, altKey, shiftKey }: Pressed,
  { typing, singleKeys }: { typing: boolean; singleKeys: boolean },
): Shortcut | null {
  const command = (ctrlKey || metaKey) && !altKey;
  if (command && !shiftKey && key.toLowerCase() === "k") return "switch";
  if (command && key === "/") return "help";
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "F6") return shiftKey ? "regionBack" : "region";
  return key === "?" && singleKeys && !typing ? "help" : null;
}
