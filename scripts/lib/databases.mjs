import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { createClient } from "@libsql/client";
import { databaseFile } from "./config.mjs";
import { Stop } from "./say.mjs";

/** Two set-ups at once: the second waits for the first. */
const LOCK_WAIT_MS = 15_000;
const RETRY_MS = 50;

/**
 * Repeats a step while the database is locked. SQLite's own waiting would stop the whole process,
 * the holder of the lock included when both run in one (tests do).
 */
export async function patiently(work) {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!String(error?.code).startsWith("SQLITE_BUSY") || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Opens a database for set-up; a local file is made with its folder, readable by its owner only. */
export function openForSetup({ url, authToken }) {
  const file = databaseFile(url);
  if (!file) return createClient({ url, ...(authToken && { authToken }) });
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const client = createClient({ url: `file:${file}`, timeout: RETRY_MS });
  chmodSync(file, 0o600);
  return client;
}

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
