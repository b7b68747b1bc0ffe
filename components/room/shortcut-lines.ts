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
      { keys: ["↑"], does: "Edit your last message, when nothing is written" },
    ],
  },
];
