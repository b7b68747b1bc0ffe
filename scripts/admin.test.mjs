import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./lib/config.mjs";
import { makeSecret, makeTokenKeys } from "./lib/keys.mjs";
import { exec } from "./lib/processes.mjs";
import { migrate } from "./migrate.mjs";
import { seed } from "./seed.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "guestlist-admin-"));
const { privateJwk, keySet } = makeTokenKeys();
const env = {
  DATABASE_URL: `file:${path.join(folder, "app.db")}`,
  NEXTAUTH_SECRET: makeSecret(),
  PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
  PARTY_TOKEN_JWKS: JSON.stringify(keySet),
};
const admin = (words, more = {}) =>
  exec(process.execPath, [path.join(ROOT, "scripts/admin.mjs"), ...words], {
    cwd: folder,
    env: { ...env, ...more },
    quiet: true,
  });

beforeAll(async () => {
  await migrate({ url: env.DATABASE_URL });
  await seed({ url: env.DATABASE_URL });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run admin", () => {
  it("does what it is told to, beside the database that the environment names", async () => {
    expect(await admin(["disable", "grace@example.com"])).toMatchObject({ status: 0 });
    const { output } = await admin(["show", "grace@example.com"]);
    expect(output).toContain("Grace Obi <grace@example.com>");
    expect(output).toContain("disabled since");
  });

  it.each([
    ["no word", [], {}, "npm run admin -- show <email>"],
    ["nobody's address", ["show", "nobody@example.com"], {}, "Nobody here has the address"],
    ["a wrong setting", ["show", "a@b.example"], { NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET"],
    [
      "an empty database",
      ["show", "ada@example.com"],
      { DATABASE_URL: `file:${path.join(folder, "empty.db")}` },
      "npm run migrate makes them",
    ],
  ])("tells %s in one sentence, and does nothing", async (_what, words, more, sentence) => {
    const { status, output } = await admin(words, more);
    expect(status).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/^ +at /m);
  });
});
