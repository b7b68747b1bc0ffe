import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Refusal } from "./errors";

let lines: string[] = [];
let reportFromBrowser: (given: Record<string, unknown>, now: number) => void;
beforeEach(async () => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(line));
  vi.resetModules();
  ({ reportFromBrowser } = await import("./problems"));
});
afterEach(() => vi.restoreAllMocks());

const problem = { name: "TypeError", route: "/rooms" };
const codeOf = (given: Record<string, unknown>, now = 1_000_000) => {
  try {
    reportFromBrowser(given, now);
    return "taken";
  } catch (error) {
    return (error as Refusal).code;
  }
};

test("what a browser met is logged by name, page and place", () => {
  const stack = "    at draw (https://app.example.com/_next/static/chunks/a.js:2:34)";
  expect(codeOf({ ...problem, stack, digest: "1234" })).toBe("taken");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    ...{ event: "error", where: "browser", error: "TypeError", route: "/rooms" },
    ...{ at: "draw a.js:2:34", digest: "1234" },
  });
});

test.each([
  { ...problem, name: "Ada wrote this" },
  { ...problem, name: undefined },
  { ...problem, route: "/invite/a-secret-code" },
  { ...problem, route: "https://evil.example" },
  { ...problem, route: 7 },
])("what has another form is refused: %j", (given) => {
  expect(codeOf(given)).toBe("bad_request");
  expect(lines).toEqual([]);
});

test("no text of a stranger is logged, however it is dressed", () => {
  const text = "a stranger's text";
  expect(
    codeOf({ ...problem, message: text, stack: `Error: ${text}\n at ${text}`, digest: text }),
  ).toBe("taken");
  expect(lines.join()).not.toContain(text);
});

test("a flood writes thirty lines a minute and no more", () => {
  const codes = Array.from({ length: 40 }, () => codeOf(problem));
  expect(codes.filter((code) => code === "taken")).toHaveLength(30);
  expect(codes.at(-1)).toBe("rate_limited");
  expect(codeOf(problem, 1_000_000 + 60_000)).toBe("taken");
});
