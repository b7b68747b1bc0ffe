import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@libsql/client";
import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "../../scripts/migrate.mjs";
import { verifyPassword } from "./password";

const ROOT = path.resolve(__dirname, "../..");
const KILLS = 25;
/** Within this time of its first account a process is killed. */
const KILLED_WITHIN_MS = 150;
const PASSWORD = "quiet lantern on the stairs";

/** An app that makes accounts, four at a time, without end, and tells of each that was confirmed. */
const APP = `
  import { signUp } from "../../lib/auth/sign-up";
  import { accountsOn } from "../../lib/accounts/libsql";
  import { opener } from "../../lib/accounts/opener";
  import { createStore } from "../../lib/accounts/store";
  const accounts = accountsOn(createStore(opener(() => ({ url: process.argv[2] }))));
  const one = async (lane) => {
    for (let n = 0; ; n++) {
      const email = process.pid + "-" + lane + "-" + n + "@example.com";
      const given = { name: "Ada", email, password: ${JSON.stringify(PASSWORD)} };
      const context = { accounts, address: "10.0.0.1", perHour: 100000, isBreached: async () => false, now: Date.now() };
      const made = await signUp(given, context);
      if (made.ok) console.log(made.id);
    }
  };
  for (let lane = 0; lane < 4; lane++) void one(lane);
`;

let folder: string;
let app: string;
beforeAll(async () => {
  mkdirSync(path.join(ROOT, ".guestlist"), { recursive: true });
  // Inside of the project, so that packages are found.
  folder = mkdtempSync(path.join(ROOT, ".guestlist/killed-"));
  writeFileSync(path.join(folder, "app.ts"), APP);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    resolve: { alias: { "server-only": path.join(ROOT, "scripts/lib/empty.mjs") } },
    build: {
      ssr: path.join(folder, "app.ts"),
      outDir: folder,
      emptyOutDir: false,
      target: "node20",
    },
  });
  app = path.join(folder, "app.js");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a process killed in the middle of sign-ups leaves whole accounts, and every one that it confirmed", async () => {
  const file = path.join(folder, "app.db");
  await migrate({ url: `file:${file}`, authToken: undefined });
  const confirmed: string[] = [];
  for (let n = 0; n < KILLS; n++) {
    const child = spawn(process.execPath, [app, `file:${file}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const errors: Buffer[] = [];
    child.stderr.on("data", (text: Buffer) => errors.push(text));
    const lines = createInterface(child.stdout).on("line", (id) => confirmed.push(id));
    const gone = Promise.all([once(child, "close"), once(lines, "close")]);
    await Promise.race([once(lines, "line"), gone]);
    await wait(((n * 37) % 50) * (KILLED_WITHIN_MS / 50));
    child.kill("SIGKILL");
    await gone;
    expect(Buffer.concat(errors).toString()).toBe("");
  }
  expect(confirmed.length).toBeGreaterThanOrEqual(KILLS);

  const client = createClient({ url: `file:${file}` });
  try {
    const ask = async (sql: string) => (await client.execute(sql)).rows;
    expect(await ask("PRAGMA integrity_check")).toMatchObject([{ integrity_check: "ok" }]);
    expect(await ask("PRAGMA foreign_key_check")).toEqual([]);
    const people = await ask("SELECT id, email, name, password_hash FROM people");
    const there = new Set(people.map(({ id }) => String(id)));
    expect(confirmed.filter((id) => !there.has(id))).toEqual([]);
    for (const { email, name, password_hash: hash } of people) {
      expect([email, name, hash]).toEqual([
        expect.stringMatching(/^[\d-]+@example\.com$/),
        "Ada",
        expect.stringMatching(/^\$argon2id\$.{80,}$/),
      ]);
    }
    const newest = String(people.at(-1)?.password_hash);
    expect((await verifyPassword(newest, PASSWORD)).ok).toBe(true);
  } finally {
    client.close();
  }
}, 240_000);
