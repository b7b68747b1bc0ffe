import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { createClient } from "@libsql/client";
import { BACKUP_NAME, checkDatabase } from "./backup.mjs";
import { databaseFile, resolveConfig, ROOT } from "./lib/config.mjs";
import { isMain } from "./lib/processes.mjs";
import { run, say, Stop } from "./lib/say.mjs";
import { migrate, readMigrations } from "./migrate.mjs";

/**
 * Puts a backup in the place of the local database, and keeps what was there beside it.
 *
 * All login sessions of the backup are ended: those that were revoked after it was made would live
 * again otherwise.
 * @param {{url: string, from?: string, yes?: boolean, now?: number}} options `from`: a backup, or a
 *   folder whose newest one is taken
 * @returns {Promise<{from: string, aside: string | null, ended: number}>}
 */
export async function restore({ url, from, yes = false, now = Date.now() }) {
  const file = databaseFile(url);
  if (!file) throw new Stop("DATABASE_URL is a hosted database: restore it at its host.");
  const source = backupAt(from);
  const newest = await checkDatabase(source);
  if (newest > readMigrations().length) {
    throw new Stop(`${source} is newer than this version of Guestlist: update the code.`);
  }
  if (existsSync(file)) {
    if (!yes) throw new Stop(`${file} is there: add --yes to put it aside and restore ${source}.`);
    await nobodyUses(file);
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  copyFileSync(source, part);
  chmodSync(part, 0o600);
  const ended = await endSessions(part, now);
  await checkDatabase(part);
  const aside = existsSync(file) ? `${file}.before-${stamp(now)}` : null;
  if (aside) renameSync(file, aside);
  // What a log of the old database says must not be read into the new one.
  for (const piece of ["-wal", "-shm"]) rmSync(`${file}${piece}`, { force: true });
  renameSync(part, file);
  await migrate({ url });
  return { from: source, aside, ended };
}

function backupAt(from) {
  if (!from) throw new Stop("Say which: npm run restore -- path/to/backup.db, or its folder.");
  if (!existsSync(from)) throw new Stop(`There is nothing at ${from}.`);
  if (!statSync(from).isDirectory()) return from;
  const last = readdirSync(from)
    .filter((name) => BACKUP_NAME.test(name))
    .sort()
    .at(-1);
  if (!last) throw new Stop(`There is no backup in ${from}.`);
  return path.join(from, last);
}

/** SQLite leaves the write-ahead log only where no other process has the database open. */
async function nobodyUses(file) {
  const client = createClient({ url: `file:${file}` });
  try {
    await client.execute("PRAGMA journal_mode = DELETE");
  } catch (error) {
    if (!String(error?.code).startsWith("SQLITE_BUSY")) return; // Damaged: the reason to restore.
    throw new Stop("The app is running: stop it first. It would go on with the old database.");
  } finally {
    client.close();
  }
}

async function endSessions(file, now) {
  const client = createClient({ url: `file:${file}` });
  try {
    const { rowsAffected } = await client.execute({
      sql: "UPDATE sessions SET revoked_at = ? WHERE revoked_at IS NULL",
      args: [now],
    });
    return rowsAffected;
  } finally {
    client.close();
  }
}

const stamp = (now) => new Date(now).toISOString().replace(/\.\d+/, "").replaceAll(":", "-");

if (isMain(import.meta.url)) {
  await run(async () => {
    const words = process.argv.slice(2);
    const from = words.find((word) => !word.startsWith("--"));
    const unknown = words.find((word) => word.startsWith("--") && word !== "--yes");
    if (unknown) throw new Stop(`${unknown} is no option: there is only --yes.`);
    const { databaseUrl } = resolveConfig();
    const yes = words.includes("--yes");
    const done = await restore({ url: databaseUrl, from: from && path.resolve(ROOT, from), yes });
    say(`Restored ${done.from}; ${done.ended} login sessions of it were ended.`);
    if (done.aside) say(`What was there before is ${done.aside}`);
  });
}
