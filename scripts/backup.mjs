import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { databaseFile, resolveConfig, ROOT } from "./lib/config.mjs";
import { takeEngine } from "./lib/engines/names.mjs";
import { isMain } from "./lib/processes.mjs";
import { backupRooms } from "./lib/rooms-backup.mjs";
import { run, say, Stop } from "./lib/say.mjs";
import { copyDatabase, isWhole, withDatabase } from "./lib/databases.mjs";

/** A moment as part of a file's name: `2026-01-31T09-30-00Z`, UTC, so that names sort by time. */
export const stamp = (now) => new Date(now).toISOString().replace(/\.\d+/, "").replaceAll(":", "-");

const nameAt = (now) => `guestlist-${stamp(now)}.db`;
export const BACKUP_NAME = /^guestlist-[\dTZ-]+\.db$/;

/** Where the rooms of a backup are, beside its database. */
export const roomsBeside = (backup) => backup.replace(/(\.db)?$/, ".rooms");

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
  await copyDatabase(file, part);
  chmodSync(part, 0o600);
  await checkDatabase(part);
  renameSync(part, target);
  return target;
}

/**
 * Whether a file is a whole database of ours. Resolves to the number of its newest migration.
 * @throws Stop that says what is wrong with it
 */
export const checkDatabase = (file) =>
  withDatabase(file, async (client) => {
    if (!(await isWhole(client))) throw new Stop(`${file} is damaged.`);
    const newest = await client.execute("SELECT max(id) AS id FROM migrations");
    return Number(newest.rows[0].id);
  }).catch((error) => {
    if (error instanceof Stop) throw error;
    throw new Stop(`${file} is no database of Guestlist, or is damaged.`);
  });

export const inRooms = (count) => `${count} ${count === 1 ? "room" : "rooms"}`;

/** Words of a command: its folder, its flags, and where the rooms are if that is said. */
export function readWords(words, flags) {
  const given = words.filter((word) => word.startsWith("--"));
  const unknown = given.find((word) => !flags.includes(word.split("=")[0]));
  if (unknown) throw new Stop(`${unknown} is no option: there is ${flags.join(" and ")}.`);
  const rooms = given.find((word) => word.split("=")[0] === "--rooms")?.split("=")[1];
  const folder = words.find((word) => !word.startsWith("--"));
  return {
    folder: folder && path.resolve(ROOT, folder),
    rooms: rooms && path.resolve(ROOT, rooms),
    flags: new Set(given.map((word) => word.split("=")[0])),
  };
}

if (isMain(import.meta.url)) {
  await run(async () => {
    const words = takeEngine(process.argv.slice(2), process.env);
    const { folder, rooms } = readWords(words, ["--rooms"]);
    const { databaseUrl, partyState } = resolveConfig();
    // The database first: whoever is out of it is out of rooms that are copied later.
    const made = await backup({ url: databaseUrl, folder });
    say(`Made and checked ${made}`);
    say("It holds people's addresses and the hashes of their passwords: keep it as the database.");
    const from = rooms ?? partyState;
    if (existsSync(from)) {
      const to = roomsBeside(made);
      say(`Made and checked ${to}, with ${inRooms(await backupRooms(from, to))}.`);
    } else if (rooms) throw new Stop(`There are no rooms at ${rooms}.`);
    else say("The party keeps no rooms on this machine: its host does.");
  });
}
