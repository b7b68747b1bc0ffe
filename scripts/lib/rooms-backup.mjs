import { randomUUID } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { loadSource } from "./load-source.mjs";
import { Stop } from "./say.mjs";
import { copyDatabase, isWhole, nobodyUses, withDatabase } from "./sqlite-files.mjs";

/**
 * Rooms on this machine: both engines, run locally or by oneself, keep an SQLite database per room,
 * in one table of names and values. What Cloudflare or PartyKit host is theirs to keep.
 */
const databasesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sqlite"),
  );
const isRoom = (name) => path.basename(name) !== "metadata.sqlite";
const roomsAmong = (names) => names.filter(isRoom).length;

/** Fills a folder with something of each database, and gives it its name when all of it is there. */
async function inOnePiece(folder, from, work) {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const names = databasesIn(from);
  for (const name of names) {
    const to = path.join(part, name);
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
    await work(path.join(from, name), to);
    chmodSync(to, 0o600);
  }
  return { rooms: roomsAmong(names), inPlace: () => renameSync(part, folder) };
}

/**
 * Copies rooms while people talk in them: of each room one moment, with all that was acknowledged
 * before it.
 * @returns {Promise<number>} how many rooms there were
 */
export async function backupRooms(from, to) {
  const { rooms, inPlace } = await inOnePiece(to, from, async (file, copy) => {
    await copyDatabase(file, copy);
    await withDatabase(copy, (client) => mustBeWhole(client, copy));
  });
  inPlace();
  return rooms;
}

/**
 * Makes rooms of a backup ready beside their place. Their histories get new names: a page that holds
 * messages which the backup does not have would otherwise take up where other messages are now.
 * @returns {Promise<{rooms: number, inPlace: () => void}>}
 */
export const stageRooms = (from, to) =>
  inOnePiece(to, from, async (file, copy) => {
    copyFileSync(file, copy);
    await withDatabase(copy, async (client) => {
      await mustBeWhole(client, copy);
      await renameHistory(client, randomUUID().replaceAll("-", ""));
    });
  });

/** @throws Stop where a room is open in another process */
export async function nobodyIsIn(folder) {
  for (const name of existsSync(folder) ? databasesIn(folder) : []) {
    await nobodyUses(path.join(folder, name), "The party is running: stop it first.");
  }
}

async function mustBeWhole(client, file) {
  if (!(await isWhole(client).catch(() => false))) throw new Stop(`${file} is damaged.`);
}

/** The engines keep values as V8 writes them; names carry the history that they belong to. */
async function renameHistory(client, epoch) {
  const { historyPrefixes, keys } = await loadSource("lib/room/keys.ts");
  const tables = await client.execute("SELECT 1 FROM sqlite_master WHERE name = '_cf_KV'");
  if (tables.rows.length === 0) return;
  const [row] = (
    await client.execute({ sql: "SELECT value FROM _cf_KV WHERE key = ?", args: [keys.meta] })
  ).rows;
  if (!row) return;
  const meta = deserialize(Buffer.from(row.value));
  const after = historyPrefixes(epoch);
  await client.batch(
    [
      ...historyPrefixes(meta.epoch).map((prefix, index) => ({
        sql: "UPDATE _cf_KV SET key = ? || substr(key, ?) WHERE substr(key, 1, ?) = ?",
        args: [after[index], prefix.length + 1, prefix.length, prefix],
      })),
      {
        sql: "UPDATE _cf_KV SET value = ? WHERE key = ?",
        args: [serialize({ ...meta, epoch }), keys.meta],
      },
    ],
    "write",
  );
}
