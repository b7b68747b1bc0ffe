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
import { copyDatabase, isWhole, nobodyUses, withDatabase } from "./databases.mjs";

/**
 * Rooms on this machine: both engines, run locally or by oneself, keep an SQLite database per room,
 * in one table of names and values. What Cloudflare or PartyKit host is theirs to keep.
 */
const databasesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sqlite"),
  );

/**
 * Fills a folder with something of each database, and gives it its name when all of it is there.
 * `work` says of each whether it is a room: relays and the engines' own are none.
 */
async function inOnePiece(folder, from, work) {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  let rooms = 0;
  for (const name of databasesIn(from)) {
    const to = path.join(part, name);
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
    if (await work(path.join(from, name), to)) rooms++;
    chmodSync(to, 0o600);
  }
  return { rooms, inPlace: () => renameSync(part, folder) };
}

/**
 * Copies rooms while people talk in them: of each room one moment, with all that was acknowledged
 * before it.
 * @returns {Promise<number>} how many rooms there were
 */
export async function backupRooms(from, to) {
  const { rooms, inPlace } = await inOnePiece(to, from, async (file, copy) => {
    await copyDatabase(file, copy);
    return withDatabase(copy, async (client) => {
      await mustBeWhole(client, copy);
      return (await metaOf(client)) !== null;
    });
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
    return withDatabase(copy, async (client) => {
      await mustBeWhole(client, copy);
      return renameHistory(client, randomUUID().replaceAll("-", ""));
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

/** What a room says of itself, null where a database holds no room. Values are as V8 writes them. */
async function metaOf(client) {
  const { rows: tables } = await client.execute(
    "SELECT 1 FROM sqlite_master WHERE name = '_cf_KV'",
  );
  if (tables.length === 0) return null;
  const { rows } = await client.execute("SELECT value FROM _cf_KV WHERE key = 'meta'");
  return rows[0] ? deserialize(Buffer.from(rows[0].value)) : null;
}

/** The names of values carry the history that they belong to. False where there is no room. */
async function renameHistory(client, epoch) {
  const meta = await metaOf(client);
  if (!meta) return false;
  const { historyPrefixes } = await loadSource("lib/room/keys.ts");
  const after = historyPrefixes(epoch);
  await client.batch(
    [
      ...historyPrefixes(meta.epoch).map((prefix, index) => ({
        sql: "UPDATE _cf_KV SET key = ? || substr(key, ?) WHERE substr(key, 1, ?) = ?",
        args: [after[index], prefix.length + 1, prefix.length, prefix],
      })),
      {
        sql: "UPDATE _cf_KV SET value = ? WHERE key = 'meta'",
        args: [serialize({ ...meta, epoch })],
      },
    ],
    "write",
  );
  return true;
}
