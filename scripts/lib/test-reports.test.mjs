import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./config.mjs";
import { readPlaywright, readVitest } from "./test-reports.mjs";

describe("the end of npm test", () => {
  it("names each failed test of Vitest with the first line of its reason", () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        {
          name: path.join(ROOT, "party/a.test.ts"),
          message: "",
          assertionResults: [
            { status: "passed", fullName: "a room is there", failureMessages: [] },
            {
              status: "failed",
              fullName: "a room is quiet",
              failureMessages: ["TypeError: \u001b[31mfetch failed\u001b[39m\n    at here"],
            },
          ],
        },
        {
          name: path.join(ROOT, "party/b.test.ts"),
          message: "Cannot find module",
          assertionResults: [],
        },
      ],
    };
    expect(readVitest(report)).toEqual({
      passed: 3,
      failed: 1,
      names: [
        "party/a.test.ts › a room is quiet › TypeError: fetch failed",
        "party/b.test.ts › Cannot find module",
      ],
    });
  });

  it("cuts a reason that goes on for pages", () => {
    const message = `No ack came. ${"error ".repeat(10_000)}`;
    const file = { name: path.join(ROOT, "party/a.test.ts"), message, assertionResults: [] };
    const { names } = readVitest({ numPassedTests: 0, numFailedTests: 1, testResults: [file] });
    expect(names[0].length).toBeLessThan(400);
  });

  it("names each failed test of Playwright, in whatever suite", () => {
    const spec = (title, ok, status, message) => ({
      ...{ title, ok, file: "chat.spec.ts" },
      tests: [{ results: [{ status, error: message && { message } }] }],
    });
    const report = {
      stats: { expected: 1, unexpected: 2, flaky: 0 },
      suites: [
        {
          specs: [spec("fine", true, "passed")],
          suites: [{ specs: [spec("late", false, "timedOut", "Test timeout\nof 60 s")] }],
        },
        { specs: [spec("red", false, "failed", "Error: expected\n1")] },
      ],
    };
    expect(readPlaywright(report)).toEqual({
      passed: 1,
      failed: 2,
      names: ["e2e/chat.spec.ts › late › Test timeout", "e2e/chat.spec.ts › red › Error: expected"],
    });
  });
});
