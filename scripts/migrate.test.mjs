import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import { verify } from "@node-rs/argon2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "./lib/config.mjs";
import { migrate, readMigrations } from "./migrate.mjs";
import { DEMO_PASSWORD, seed } from "./seed.mjs";

let folder;
let url;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "guestlist-"));
  url = `file:${path.join(folder, "deep", "app.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a place that cannot hold the database is named in one sentence", async () => {
  const file = path.join(folder, "a-file");
  writeFileSync(file, "no database, and no folder either");
  for (const place of [file, path.join(file, "app.db"), folder]) {
    await expect(migrate({ url: `file:${place}` })).rejects.toThrow(
      `The database ${place} cannot be opened and written`,
    );
  }
});

async function query(sql) {
  const client = createClient({ url });
  try {
    return (await client.execute(sql)).rows;
  } finally {
    client.close();
  }
}

const withMigrations = (files) => {
  const own = path.join(folder, "migrations");
  mkdirSync(own, { recursive: true });
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(own, name), sql);
  return own;
};

test("makes folder and file, owner-only, and applies each migration once", async () => {
  const names = readMigrations().map(({ name }) => name);
  expect(await migrate({ url })).toEqual(names);
  expect(await migrate({ url })).toEqual([]);
  expect(statSync(url.slice(5)).mode & 0o777).toBe(0o600);
});

test("two at once, in one process or in two, apply each migration once", async () => {
  const [one, two] = await Promise.all([migrate({ url }), migrate({ url })]);
  expect([...one, ...two]).toHaveLength(readMigrations().length);
  const other = `file:${path.join(folder, "other.db")}`;
  const run = () =>
    promisify(execFile)(process.execPath, [path.join(ROOT, "scripts/migrate.mjs")], {
      env: { ...process.env, DATABASE_URL: other },
    });
  const outputs = await Promise.all([run(), run()]);
  // Either may have some of them: they take turns.
  const applied = outputs.flatMap(({ stdout }) => stdout.match(/\d{4}_\w+\.sql/g) ?? []);
  expect(applied.sort()).toEqual(readMigrations().map(({ name }) => name));
});

test("a migration that fails leaves nothing of itself and can be tried again", async () => {
  const good = { "0001_one.sql": "CREATE TABLE a (x);" };
  const broken = { ...good, "0002_two.sql": "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);" };
  await expect(migrate({ url, folder: withMigrations(broken) })).rejects.toThrow();
  expect(await query("SELECT name FROM sqlite_master WHERE name IN ('a', 'b')")).toHaveLength(1);
  const mended = withMigrations({ ...good, "0002_two.sql": "CREATE TABLE b (x);" });
  expect(await migrate({ url, folder: mended })).toEqual(["0002_two.sql"]);
});

test("a hole in the numbers, a renamed migration and a newer database are refused", async () => {
  expect(() => readMigrations(withMigrations({ "0002_two.sql": "" }))).toThrow("without holes");
  rmSync(path.join(folder, "migrations"), { recursive: true });
  const two = { "0001_one.sql": "CREATE TABLE a (x);", "0002_two.sql": "CREATE TABLE b (x);" };
  await migrate({ url, folder: withMigrations(two) });
  rmSync(path.join(folder, "migrations"), { recursive: true });
  const one = withMigrations({ "0001_one.sql": two["0001_one.sql"] });
  await expect(migrate({ url, folder: one })).rejects.toThrow("newer");
  rmSync(one, { recursive: true });
  const renamed = withMigrations({ "0001_uno.sql": two["0001_one.sql"] });
  await expect(migrate({ url, folder: renamed })).rejects.toThrow("0001_uno.sql");
});

test("the demo people and rooms are seeded, the password works", async () => {
  await migrate({ url });
  await seed({ url });
  const people = await query("SELECT email, admin, password_hash FROM people ORDER BY email");
  expect(people.map(({ email, admin }) => `${email} ${admin}`)).toEqual([
    "ada@example.com 1",
    "grace@example.com 0",
    "linus@example.com 0",
  ]);
  expect(await verify(people[0].password_hash, DEMO_PASSWORD)).toBe(true);
  const members = await query(
    "SELECT email, role FROM members JOIN people ON id = user_id WHERE room_id = 'founders' ORDER BY 1",
  );
  expect(members.map(({ email, role }) => `${email} ${role}`)).toEqual([
    "ada@example.com owner",
    "grace@example.com member",
  ]);
});

test("a database that is no local file is never seeded", async () => {
  for (const hosted of [
    "libsql://app.example.com",
    "https://app.example.com",
    "http://127.0.0.1:1",
  ]) {
    await expect(seed({ url: hosted })).rejects.toThrow("Only a local database");
  }
});

test("seeding again, or twice at once, changes nothing that people changed", async () => {
  await migrate({ url });
  await Promise.all([seed({ url }), seed({ url })]);
  await query(
    "UPDATE people SET password_hash = 'own', name = 'Countess' WHERE email = 'ada@example.com'",
  );
  await query("DELETE FROM members WHERE room_id = 'founders' AND role = 'member'");
  await query("UPDATE rooms SET topic = 'Ours' WHERE id = 'general'");
  const state = () =>
    Promise.all(
      ["people", "rooms", "members"].map((table) => query(`SELECT * FROM ${table} ORDER BY 1, 2`)),
    );
  const before = await state();
  await seed({ url });
  expect(await state()).toEqual(before);
});

test.each(["libsql://db.example.com", "https://db.example.com"])(
  "%s is never seeded",
  async (hosted) => {
    await expect(seed({ url: hosted })).rejects.toThrow("Only a local database");
  },
);
