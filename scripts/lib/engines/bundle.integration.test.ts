import { execFile } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../config.mjs";
import { makeSecret, makeTokenKeys } from "../keys.mjs";

const { privateJwk } = makeTokenKeys();
const secret = makeSecret();
const planted = `NEXTAUTH_SECRET=${secret}\nPARTY_TOKEN_PRIVATE_JWK='${JSON.stringify(privateJwk)}'\n`;

/** What `wrangler deploy` would upload, from a folder with the keys lying about in every way they do. */
describe.skipIf(process.env.PARTY_ENGINE !== "cloudflare")("the bundle for Cloudflare", () => {
  let folder: string;
  let files: { name: string; text: string }[];
  let said: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
    for (const name of ["party", "lib", "package.json", "tsconfig.json", "wrangler.json"]) {
      cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    }
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    for (const name of [".env", ".env.local", ".env.production", ".dev.vars"]) {
      writeFileSync(path.join(folder, name), planted);
    }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        path.join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
        ...["deploy", "--dry-run", "--outdir", "out"],
      ],
      {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          CI: "1",
          NODE_ENV: "production",
          WRANGLER_SEND_METRICS: "false",
          NEXTAUTH_SECRET: secret,
          PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
        },
      },
    );
    said = stdout;
    files = readdirSync(path.join(folder, "out")).map((name) => ({
      name,
      text: readFileSync(path.join(folder, "out", name), "utf8"),
    }));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the party, and no secret of anybody's", () => {
    expect(files.find(({ name }) => name === "cloudflare.js")?.text).toContain("x-guestlist");
    for (const { name, text } of files) {
      expect(text.includes(secret), name).toBe(false);
      expect(text.includes(String(privateJwk.d)), name).toBe(false);
      expect(/"d":\s*"[\w-]{20,}"/.test(text), name).toBe(false);
    }
  });

  it("is bound to its rooms and to nothing else: no variable comes along", () => {
    expect(said.match(/^env\.\S+/gm)).toEqual(["env.Main"]);
    expect(said).not.toContain(secret);
  });
});
