import { createClient } from "@libsql/client";
import { Stop } from "./say.mjs";
import { patiently } from "../migrate.mjs";

/** Opens a database's file for a piece of work. */
export async function withDatabase(file, work) {
  const client = createClient({ url: `file:${file}` });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** Copies a database that others may have open: one moment of it, in one file. */
export const copyDatabase = (from, to) =>
  withDatabase(from, (client) =>
    patiently(() => client.execute({ sql: "VACUUM INTO ?", args: [to] })),
  );

/** Whether a database is whole. */
export async function isWhole(client) {
  const { rows } = await client.execute("PRAGMA integrity_check");
  return rows.length === 1 && rows[0][0] === "ok";
}

/**
 * SQLite leaves the write-ahead log only where no other process has the database open.
 * @throws Stop with `text` where one has
 */
export const nobodyUses = (file, text) =>
  withDatabase(file, (client) => client.execute("PRAGMA journal_mode = DELETE")).catch((error) => {
    if (!String(error?.code).startsWith("SQLITE_BUSY")) return; // Damaged: the reason to restore.
    throw new Stop(text);
  });
