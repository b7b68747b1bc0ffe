import { expect, it } from "vitest";
import { badgeWords } from "./badge-words";

it.each([
  [0, false, ""],
  [0, true, ""],
  [3, false, "(3)"],
  [3, true, "(@3)"],
  [100, false, "(99+)"],
])("%i unread, mentioned %s: %j", (count, mentioned, words) =>
  expect(badgeWords(count, mentioned)).toBe(words),
);
