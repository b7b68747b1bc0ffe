import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addReporter, framesOf, problemOf, report } from "./report";

const SECRET = "what Ada wrote";
let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  });
});
afterEach(() => vi.restoreAllMocks());

describe("a problem", () => {
  it("is logged by its name and place, and never by its message", () => {
    report(
      problemOf(new TypeError(`${SECRET}\n    at ${SECRET}`), {
        where: "page",
        route: "/rooms/[id]",
      }),
    );
    expect(lines).toMatchObject([
      { event: "error", where: "page", route: "/rooms/[id]", error: "TypeError" },
    ]);
    expect(lines[0]?.at).toContain("lib/observe/report.test.ts:");
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    expect(JSON.stringify(lines)).not.toContain(process.cwd());
  });

  it.each([["a text"], [null], [{ code: "ENOENT" }], [{ digest: `${SECRET} "}` }], [undefined]])(
    "is told of too where %j was thrown",
    (thrown) => {
      expect(problemOf(thrown, { where: "route", route: "/api/x" })).toEqual({
        where: "route",
        route: "/api/x",
        name: "unknown",
        frames: [],
      });
    },
  );

  it("reaches whoever is attached, until detached; one that fails disturbs nobody", async () => {
    const heard = vi.fn();
    const detach = [
      addReporter(() => Promise.reject(new Error(SECRET))),
      addReporter(() => {
        throw new Error(SECRET);
      }),
      addReporter(heard),
    ];
    const problem = problemOf(new RangeError(SECRET), {
      where: "route",
      route: "/api/x",
      request: "req-00001",
    });
    report(problem);
    await vi.waitFor(() =>
      expect(lines.filter(({ event }) => event === "report_failed")).toHaveLength(2),
    );
    expect(heard).toHaveBeenCalledExactlyOnceWith(problem);
    expect(JSON.stringify([lines, heard.mock.calls])).not.toContain(SECRET);
    for (const undo of detach) undo();
    report(problem);
    expect(heard).toHaveBeenCalledOnce();
  });

  it.each([
    ["    at draw (https://app.example.com/_next/static/chunks/a.js?x=1:2:34)", "draw a.js:2:34"],
    ["draw@https://app.example.com/_next/static/chunks/a.js:2:34", "draw a.js:2:34"],
    ["    at https://app.example.com/a.js:1:2", "? a.js:1:2"],
    ["    at async POST (/srv/guestlist/.next/server/x.js:1:2)", "POST .next/server/x.js:1:2"],
    ["    at run (/srv/guestlist/lib/api/route.ts:1:2)", "run lib/api/route.ts:1:2"],
  ])("names places without addresses and machines: %s", (line, frame) => {
    expect(framesOf(`Error: ${SECRET}\n${line}`)).toEqual([frame]);
  });
});
