import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "./fixtures";

const NEXT = path.join(import.meta.dirname, "..", ".next");
/** Words that only the inspector has. */
const ITS_OWN = ["Spend the token twice", "dial, with the token before"];

test("the inspector is no page of a production build, and nothing of it is delivered", async ({
  person,
  expectedErrors,
}) => {
  expectedErrors.push("404");
  const { page } = await person("Ada");
  expect((await page.goto("/inspect"))?.status()).toBe(404);
  expect((await page.goto("/inspect?room=general"))?.status()).toBe(404);

  for (const folder of ["static", "server"]) {
    const files = readdirSync(path.join(NEXT, folder), { recursive: true, withFileTypes: true });
    const scripts = files.filter((file) => file.isFile() && file.name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(5);
    for (const { parentPath, name } of scripts) {
      const text = readFileSync(path.join(parentPath, name), "utf8");
      for (const word of ITS_OWN) expect(text.includes(word), `${word} in ${name}`).toBe(false);
    }
  }
});
