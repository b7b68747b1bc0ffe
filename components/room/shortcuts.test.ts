import { expect, it } from "vitest";
import { shortcutOf } from "./shortcuts";

const press = (keys: string) => {
  const parts = keys.split("+");
  return {
    key: parts.at(-1)!,
    ctrlKey: parts.includes("Ctrl"),
    metaKey: parts.includes("Meta"),
    altKey: parts.includes("Alt"),
    shiftKey: parts.includes("Shift"),
  };
};
const free = { typing: false, singleKeys: true };

it.each([
  ["Ctrl+k", "switch"],
  ["Meta+k", "switch"],
  ["Ctrl+K", "switch"],
  ["Ctrl+Shift+K", null],
  ["Ctrl+Alt+k", null],
  ["F6", "region"],
  ["Shift+F6", "regionBack"],
  ["Ctrl+F6", null],
  ["Shift+?", "help"],
  ["Ctrl+/", "help"],
  ["k", null],
])("%s is %s", (keys, shortcut) => expect(shortcutOf(press(keys), free)).toBe(shortcut));

it("a question mark is text where one writes, and nothing where single keys are off", () => {
  expect(shortcutOf(press("Shift+?"), { ...free, typing: true })).toBeNull();
  expect(shortcutOf(press("Shift+?"), { ...free, singleKeys: false })).toBeNull();
  expect(shortcutOf(press("Ctrl+/"), { typing: true, singleKeys: false })).toBe("help");
});
