import { describe, expect, it } from "vitest";
import { exposition, wantsPrometheus } from "./exposition";

describe("Prometheus' text format", () => {
  it("names, types and samples each family once", () => {
    expect(
      exposition([
        {
          name: "guestlist_x_total",
          type: "counter",
          help: "What it counts.",
          samples: [{ value: 1 }, { value: 2.5, labels: { a: "b", c: "d" } }],
        },
      ]),
    ).toBe(
      "# HELP guestlist_x_total What it counts.\n# TYPE guestlist_x_total counter\n" +
        'guestlist_x_total 1\nguestlist_x_total{a="b",c="d"} 2.5\n',
    );
  });

  it("lets no label and no help start a line or end a quote", () => {
    const text = exposition([
      {
        name: "x",
        type: "gauge",
        help: "a\nb\\c",
        samples: [{ value: 1, labels: { room: 'a"} 9\nforged 1\\' } }],
      },
    ]);
    expect(text.split("\n")).toEqual([
      "# HELP x a\\nb\\\\c",
      "# TYPE x gauge",
      'x{room="a\\"} 9\\nforged 1\\\\"} 1',
      "",
    ]);
  });

  it("writes what is no number as Prometheus does, and leaves out what is empty", () => {
    const samples = [Infinity, -Infinity, NaN].map((value) => ({ value }));
    const text = exposition([
      { name: "x", type: "gauge", help: "h", samples },
      { name: "y", type: "gauge", help: "h", samples: [] },
    ]);
    expect(text.match(/^x .*$/gm)).toEqual(["x +Inf", "x -Inf", "x NaN"]);
    expect(text).not.toContain("y");
  });

  it.each([
    [null, false],
    ["*/*", false],
    ["application/json", false],
    ["text/plain", true],
    ["application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3", true],
  ])("Accept %s: %s", (accept, wanted) => {
    expect(wantsPrometheus(accept)).toBe(wanted);
  });
});
