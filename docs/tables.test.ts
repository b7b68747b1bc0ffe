import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, it } from "vitest";
import { tables, withTables } from "./tables";

const file = path.join(import.meta.dirname, "PROTOCOL.md");

it("PROTOCOL.md shows the tables as the code has them (npm run docs writes them)", async () => {
  const document = readFileSync(file, "utf8");
  const options = await resolveConfig(file);
  const expected = await format(withTables(document), { ...options, parser: "markdown" });
  await expect(expected).toMatchFileSnapshot(file);
  for (const name of Object.keys(tables)) expect(document).toContain(`<!-- table:${name} -->`);
});
