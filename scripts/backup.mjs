import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createClient } from "@libsql/client";
import { databaseFile, resolveConfig, ROOT } from "./lib/config.mjs";
import { isMain } from "./lib/processes.mjs";
import { run, say, Stop } from "./lib/say.mjs";
import { patiently } from "./migrate.mjs";

/** Backups sort by their names: `guestlist-2026-01-31T09-30-00Z.db`, UTC. */
const nameAt = (now) =>
  `guestlist-${new Date(now).toISOString().replace(/\.\d+/, "").replaceAll(":", "-")}.db`;
export const BACKUP_NAME = /^guestlist-[\dTZ-]+\.db$/;

/**
 * Copies the local database into a folder while people use it: one consistent moment of it, without
 * the write-ahead log's pieces, checked before it gets its name.
 * @returns the path of the backup
 */
export async function backup({ url, folder, now = Date.now() }) {
  const file = databaseFile(url);
  if (!file) {
    throw new Stop(
      "DATABASE_URL is a hosted database: its host makes the backups (turso db export).",
    );
  }
  if (!folder) throw new Stop("Say where to: npm run backup -- path/to/folder");
  if (!existsSync(file)) throw new Stop(`There is no database at ${file}: npm start makes one.`);
  const target = path.join(path.resolve(folder), nameAt(now));
  if (existsSync(target)) throw new Stop(`${target} is there already: wait a second.`);
  try {
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Stop(`The folder ${folder} cannot be made (${error.code}).`);
  }
  const part = `${target}.part`;
  rmSync(part, { force: true });
  const client = createClient({ url: `file:${file}` });
  try {
    await patiently(() => client.execute({ sql: "VACUUM INTO ?", args: [part] }));
  } finally {
    client.close();
  }
  chmodSync(part, 0o600);
  await checkDatabase(part);
  renameSync(part, target);
  return target;
}

/**
 * Whether a file is a whole database of ours. Resolves to the number of its newest migration.
 * @throws Stop that says what is wrong with it
 */
export async function checkDatabase(file) {
  const client = createClient({ url: `file:${file}` });
  try {
    const { rows } = await client.execute("PRAGMA integrity_check");
    if (rows.length !== 1 || rows[0][0] !== "ok") throw new Stop(`${file} is damaged.`);
    const newest = await client.execute("SELECT max(id) AS id FROM migrations");
    return Number(newest.rows[0].id);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${file} is no database of Guestlist, or is damaged.`);
  } finally {
    client.close();
  }
}

if (isMain(import.meta.url)) {
  await run(async () => {
    const [folder] = process.argv.slice(2);
    const { databaseUrl } = resolveConfig();
    const made = await backup({ url: databaseUrl, folder: folder && path.resolve(ROOT, folder) });
    say(`Made and checked ${made}`);
    say("It holds people's addresses and the hashes of their passwords: keep it as the database.");
  });
}
