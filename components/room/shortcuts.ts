/** What the keyboard does in a room; the table is what the page shows, and what `shortcutOf` obeys. */
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

export interface Line {
  keys: readonly string[];
  does: string;
}

/** `command`: what the key is called on this machine, "Ctrl" or "⌘". */
export const helpLines = (
  command: string,
): readonly { title: string; lines: readonly Line[] }[] => [
  {
    title: "Anywhere",
    lines: [
      { keys: [command, "K"], does: "Go to a room, or mention a person" },
      { keys: ["F6"], does: "Next part of the page" },
      { keys: ["Shift", "F6"], does: "Part before" },
      { keys: ["?"], does: "These shortcuts, when you are not writing" },
      { keys: [command, "/"], does: "These shortcuts, always" },
    ],
  },
  {
    title: "In the messages",
    lines: [
      { keys: ["↑", "↓"], does: "Message before, message after" },
      { keys: ["Home", "End"], does: "First and last message" },
      { keys: ["Enter"], does: "Into a message" },
      { keys: ["Esc"], does: "Back out" },
    ],
  },
  {
    title: "Where you write",
    lines: [
      { keys: ["Enter"], does: "Send" },
      { keys: ["Shift", "Enter"], does: "New line" },
    ],
  },
];
