import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { TABLE } from "../lib/client/machine/table";
import { explore, ROWS, STATES, withMachine } from "./machine";

const file = path.join(import.meta.dirname, "CONNECTION.md");

describe("docs/CONNECTION.md", () => {
  it("shows the machine as it behaves (npm run docs writes it)", async () => {
    const document = readFileSync(file, "utf8");
    const options = await resolveConfig(file);
    const expected = await format(withMachine(document), { ...options, parser: "markdown" });
    await expect(expected).toMatchFileSnapshot(file);
    for (const name of ["figure", "transitions", "states"]) {
      expect(document).toContain(`<!-- machine:${name} -->`);
    }
  }, 30_000);

  it("leaves out no state and no row of the table in the code", () => {
    const { seen } = explore();
    for (const name of STATES) expect(seen.get(name)?.size, name).toBeGreaterThan(0);
    for (const row of ROWS) {
      const somewhere = STATES.some((name) => seen.get(name)?.has(row));
      expect(somewhere, `nothing happens at "${row}"`).toBe(true);
    }
    expect(Object.keys(TABLE).sort()).toEqual([...STATES].sort());
  }, 30_000);
});
