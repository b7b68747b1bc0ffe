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
import { BACKUP_NAME, checkDatabase, inRooms, readWords, roomsBeside, stamp } from "./backup.mjs";
import { databaseFile, resolveConfig } from "./lib/config.mjs";
import { takeEngine } from "./lib/engines/names.mjs";
import { isFree } from "./lib/ports.mjs";
import { isMain } from "./lib/processes.mjs";
import { nobodyIsIn, stageRooms } from "./lib/rooms-backup.mjs";
import { run, say, Stop } from "./lib/say.mjs";
import { nobodyUses, withDatabase } from "./lib/databases.mjs";
import { migrate, readMigrations } from "./migrate.mjs";

/**
 * Puts a backup in the place of the local database, and of the rooms where they are named, and keeps
 * what was there beside it. Nothing is put anywhere before all of it is ready.
 *
 * All login sessions of the backup are ended: those that were revoked after it was made would live
 * again otherwise.
 * @param {{url: string, from?: string, rooms?: string, yes?: boolean, now?: number}} options `from`: a
 *   backup, or a folder whose newest one is taken; `rooms`: the folder of the party's storage
 * @returns {Promise<{from: string, aside: string[], ended: number, rooms: number | null}>}
 */
export async function restore({ url, from, rooms, yes = false, now = Date.now() }) {
  const file = databaseFile(url);
  if (!file) throw new Stop("DATABASE_URL is a hosted database: restore it at its host.");
  const source = backupAt(from);
  const newest = await checkDatabase(source);
  if (newest > readMigrations().length) {
    throw new Stop(`${source} is newer than this version of Guestlist: update the code.`);
  }
  const roomsFrom = roomsBeside(source);
  if (rooms && !existsSync(roomsFrom)) throw new Stop(`There are no rooms beside ${source}.`);
  for (const there of [file, rooms].filter((one) => one && existsSync(one))) {
    if (!yes) throw new Stop(`${there} is there: add --yes to put it aside and restore ${source}.`);
  }
  if (existsSync(file)) {
    await nobodyUses(
      file,
      "The app is running: stop it first. It would go on with the old database.",
    );
  }
  if (rooms) await nobodyIsIn(rooms);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  copyFileSync(source, part);
  chmodSync(part, 0o600);
  const ended = await endSessions(part, now);
  await checkDatabase(part);
  const staged = rooms ? await stageRooms(roomsFrom, rooms) : null;

  const aside = [];
  const putAside = (there) => {
    if (!there || !existsSync(there)) return;
    aside.push(`${there}.before-${stamp(now)}`);
    renameSync(there, aside.at(-1));
  };
  putAside(file);
  // What a log of the old database says must not be read into the new one.
  for (const piece of ["-wal", "-shm"]) rmSync(`${file}${piece}`, { force: true });
  renameSync(part, file);
  putAside(rooms);
  staged?.inPlace();
  await migrate({ url });
  return { from: source, aside, ended, rooms: staged && staged.rooms };
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

const endSessions = (file, now) =>
  withDatabase(file, async (client) => {
    const { rowsAffected } = await client.execute({
      sql: "UPDATE sessions SET revoked_at = ? WHERE revoked_at IS NULL",
      args: [now],
    });
    return rowsAffected;
  });

if (isMain(import.meta.url)) {
  await run(async () => {
    const words = takeEngine(process.argv.slice(2), process.env);
    const { folder, rooms, flags } = readWords(words, ["--yes", "--rooms"]);
    const { databaseUrl, partyState, partyPort } = resolveConfig();
    if (flags.has("--rooms") && !rooms && !(await isFree(partyPort))) {
      throw new Stop("The party is running: stop it first. It would go on with the old rooms.");
    }
    const done = await restore({
      ...{ url: databaseUrl, from: folder, yes: flags.has("--yes") },
      ...(flags.has("--rooms") && { rooms: rooms ?? partyState }),
    });
    say(`Restored ${done.from}; ${done.ended} login sessions of it were ended.`);
    if (done.rooms !== null) say(`Restored ${inRooms(done.rooms)}.`);
    else if (existsSync(roomsBeside(done.from))) {
      say("Rooms stay as they are, with what was said since: --rooms takes them back too.");
    }
    for (const there of done.aside) say(`What was there before is ${there}`);
  });
}
