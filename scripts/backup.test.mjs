import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryAccounts } from "../lib/accounts/testing";
import { backup, checkDatabase } from "./backup.mjs";
import { ROOT } from "./lib/config.mjs";
import { restore } from "./restore.mjs";

const APP = `
  import { createClient } from "@libsql/client";
  const client = createClient({ url: process.argv[1] });
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("DELETE FROM people");
  console.log("open");
  setInterval(() => {}, 1000);`;
const NOW = Date.UTC(2026, 0, 31, 9, 30);
let folder;
let database;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "guestlist-backup-"));
  database = await temporaryAccounts();
});
afterEach(() => {
  database.remove();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (url) => url.slice("file:".length);
const ask = async (file, sql) => {
  const client = createClient({ url: `file:${file}` });
  try {
    return (await client.execute(sql)).rows;
  } finally {
    client.close();
  }
};
const person = (id) => ({
  ...{ id, email: `${id}@example.com`, name: id },
  ...{ picture: null, passwordHash: null, createdAt: NOW },
});

describe("a backup", () => {
  it("is whole and of one moment while people write, and only its owner may read it", async () => {
    const { accounts, url } = database;
    let [going, written] = [true, 0];
    const writing = (async () => {
      // Two rows in one transaction: a backup holds both or neither.
      while (going) {
        const id = `p${written++}`;
        await accounts.people.byProvider({ provider: "github", providerId: id }, person(id));
      }
    })();
    const made = [];
    for (let i = 0; i < 5; i++) made.push(await backup({ url, folder, now: NOW + i * 1000 }));
    going = false;
    await writing;
    expect(path.basename(made[0])).toBe("guestlist-2026-01-31T09-30-00Z.db");
    for (const file of made) {
      const [{ people, links }] = await ask(
        file,
        "SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM provider_accounts) AS links",
      );
      expect(links).toBe(people);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    const [{ people }] = await ask(fileOf(url), "SELECT count(*) AS people FROM people");
    expect(people).toBe(written);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it.each([
    ["libsql://x.turso.io", "there", "hosted database"],
    ["file:/nowhere/app.db", "there", "There is no database"],
    [null, undefined, "Say where to"],
  ])("of %s to %s says what is wrong", async (url, to, text) => {
    const place = to && path.join(folder, to);
    await expect(backup({ url: url ?? database.url, folder: place })).rejects.toThrow(text);
  });

  it("does not take the place of another", async () => {
    await backup({ url: database.url, folder, now: NOW });
    await expect(backup({ url: database.url, folder, now: NOW })).rejects.toThrow(
      "is there already",
    );
  });
});

describe("a restore", () => {
  const place = () => `file:${path.join(folder, "restored", "app.db")}`;
  const session = { id: "s1", userId: "ada", createdAt: NOW, expiresAt: NOW + 1e9, device: "" };
  /** A database of an app that runs, with nobody in it; `stop` ends the app. */
  async function running(from) {
    mkdirSync(path.dirname(fileOf(place())), { recursive: true });
    copyFileSync(from, fileOf(place()));
    const app = spawn(process.execPath, ["--input-type=module", "-e", APP, place()], { cwd: ROOT });
    await once(app.stdout, "data");
    return {
      async stop() {
        app.kill("SIGKILL");
        await once(app, "close");
      },
    };
  }
  async function backedUp() {
    await database.accounts.people.create(person("ada"));
    await database.accounts.sessions.create(session);
    return backup({ url: database.url, folder, now: NOW });
  }

  it("brings back the people of the newest backup, and no session that was revoked since", async () => {
    await backup({ url: database.url, folder, now: NOW - 60_000 });
    await backedUp();
    await database.accounts.sessions.revoke("s1", NOW + 1);
    const done = await restore({ url: place(), from: folder, now: NOW + 2 });
    expect(done).toMatchObject({ aside: [], ended: 1, rooms: null });
    const file = fileOf(place());
    expect(await ask(file, "SELECT id FROM people")).toMatchObject([{ id: "ada" }]);
    expect(await ask(file, "SELECT id FROM sessions WHERE revoked_at IS NULL")).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  /** The command itself: a connection that was closed in our process is let go at its leisure. */
  const command = async (...words) => {
    const env = { ...process.env, DATABASE_URL: place() };
    const script = path.join(ROOT, "scripts/restore.mjs");
    return promisify(execFile)(process.execPath, [script, ...words], { env }).then(
      ({ stdout }) => stdout,
      ({ stderr }) => stderr,
    );
  };

  it("overwrites nothing without a word, and then keeps it aside", async () => {
    const from = await backedUp();
    await (await running(from)).stop();
    expect(await command(from)).toContain("add --yes");
    expect(await command(from, "--force")).toContain("--force is no option");
    const aside = /before is (\S+)/.exec(await command(from, "--yes"))?.[1];
    expect(await ask(fileOf(place()), "SELECT id FROM people")).toMatchObject([{ id: "ada" }]);
    expect(await ask(aside, "SELECT id FROM people")).toEqual([]);
  });

  it("refuses a database that the app has open", async () => {
    const from = await backedUp();
    const app = await running(from);
    expect(await command(from, "--yes")).toContain("The app is running");
    await app.stop();
    expect(await command(from, "--yes")).toContain("Restored");
  });

  it("takes the place of a damaged database", async () => {
    const from = await backedUp();
    await (await running(from)).stop();
    writeFileSync(fileOf(place()), "not a database any more".repeat(100));
    expect(await command(from, "--yes")).toContain("Restored");
    expect(await checkDatabase(fileOf(place()))).toBeGreaterThan(0);
  });

  it.each([
    ["nothing", undefined, "Say which"],
    ["no such file", "missing.db", "There is nothing at"],
    ["an empty folder", ".", "There is no backup in"],
    ["another file", "foreign.db", "is no database of Guestlist"],
  ])("of %s leaves everything as it is", async (_, name, text) => {
    writeFileSync(path.join(folder, "foreign.db"), "x".repeat(5_000));
    const from = name && path.join(folder, name);
    await expect(restore({ url: place(), from })).rejects.toThrow(text);
    expect(existsSync(fileOf(place()))).toBe(false);
  });

  it("refuses a backup of a later version", async () => {
    const from = await backedUp();
    const client = createClient({ url: `file:${from}` });
    await client.execute("INSERT INTO migrations (id, name, applied_at) VALUES (9999, 'x', 0)");
    client.close();
    await expect(restore({ url: place(), from })).rejects.toThrow("newer than this version");
  });
});
