import { expect, test } from "vitest";
import { heldWords } from "./held-words";

const NOW = new Date(2026, 10, 28, 21, 0).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 40).getTime();

test("who is held is told until when and why, as far as it is known", () => {
  expect(heldWords("Kicked", {}, NOW)).toBe("Kicked by a moderator.");
  expect(heldWords("Banned", { reason: "spam" }, NOW)).toBe("Banned by a moderator: spam.");
  expect(heldWords("Muted", { reason: "Calm down!" }, NOW)).toBe(
    "Muted by a moderator: Calm down!",
  );
  expect(heldWords("Kicked", { until: at(28, 21), reason: "spam" }, NOW)).toMatch(
    /^Kicked until 0?9:40.PM by a moderator: spam\.$|^Kicked until 21:40 by a moderator: spam\.$/u,
  );
});

test("the end on another day names the day", () => {
  expect(heldWords("Banned", { until: at(30, 9) }, NOW)).toMatch(/30/);
});
