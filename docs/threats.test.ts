import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(__dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

interface Row {
  id: string;
  state: string;
  promise: string;
  tests: { file: string; title: string }[];
}

const testsIn = (cell: string): Row["tests"] =>
  cell.split("<br>").flatMap((one) => {
    const [, file, title] = /^`([^`]+)`: (.+)$/.exec(one.trim()) ?? [];
    return file && title ? [{ file, title: title.replace(/\\([|<])/g, "$1") }] : [];
  });
/** The rows of THREATS.md: number, state, promise, tests as `file`: title. */
const rows: Row[] = [
  ...read("docs/THREATS.md").matchAll(/^\| ([A-Z]-\d\d) \| ([a-z ]+) \| (.+) \| (.*) \|$/gm),
].map(([, id = "", state = "", promise = "", cell = ""]) => ({
  id,
  state,
  promise,
  tests: testsIn(cell),
}));
/** The last column of OPERATION.md's table of faults. */
const faults = [
  ...read("docs/OPERATION.md").matchAll(/^\| ([^|]+) \| [^|]+ \| [^|]+ \| (`.+) \|$/gm),
].map(([, id = "", cell = ""]) => ({ id, tests: testsIn(cell) }));
const named = [...rows, ...faults].flatMap(({ id, tests }) =>
  tests.map((test) => [id, test] as const),
);

describe("THREATS.md", () => {
  it("names only tests that are there, by file and title, as the table of faults does", () => {
    expect(named.length).toBeGreaterThan(300);
    expect(faults.length).toBeGreaterThan(10);
    const sources = new Map(
      [...new Set(named.map(([, { file }]) => file))].map((file) => [
        file,
        existsSync(path.join(root, file)) ? read(file) : "",
      ]),
    );
    const gone = named.filter(([, { file, title }]) => {
      const source = sources.get(file) ?? "";
      return !/\.(test|spec)\.(ts|tsx|mjs)$/.test(file) || !hasTitle(source, title);
    });
    expect(gone).toEqual([]);
  });

  it("counts each part without a hole, and says of everything how far it goes", () => {
    const parts = new Map<string, Row[]>();
    for (const row of rows) {
      const part = row.id.charAt(0);
      parts.set(part, [...(parts.get(part) ?? []), row]);
    }
    for (const [part, of] of parts) {
      const numbers = of.map((_, i) => `${part}-${String(i + 1).padStart(2, "0")}`);
      expect(of.map(({ id }) => id)).toEqual(numbers);
    }
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(270);
    for (const { id, state, tests } of rows) {
      expect(["holds", "in part", "not yet"], id).toContain(state);
      if (state === "holds") expect(tests.length, id).toBeGreaterThan(0);
      if (state === "not yet") expect(tests, id).toEqual([]);
    }
  });

  it("has the written exception of a token in an address beside it", () => {
    expect(read("docs/SECURITY.md")).toContain(
      "## The written exception: a token in a query string",
    );
    expect(read("docs/SECURITY.md")).toContain("[THREATS.md](THREATS.md)");
  });
});

/** A title is the first argument of a test: a text, and then a comma. */
const hasTitle = (source: string, title: string): boolean =>
  ['"', "`", "'"].some((quote) => source.includes(`${quote}${title}${quote},`));
