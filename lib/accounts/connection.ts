import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Client, createClient } from "@libsql/client";

/**
 * How long SQLite itself may wait for a lock. It waits inside a synchronous call, which stops every
 * other request of the process, so it is short; store.ts waits the rest without blocking.
 */
const LOCK_WAIT_MS = 20;

/** The file of a `file:` database, absolute; null for a hosted one. */
export function databaseFile(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  if (url.startsWith("file://")) return fileURLToPath(url.replace(/\?.*$/, ""));
  return path.resolve(url.slice("file:".length).replace(/\?.*$/, ""));
}

/** Opens the database: a local file (owner-only, write-ahead log) or a hosted one. */
export async function openDatabase(url: string, authToken?: string): Promise<Client> {
  const file = databaseFile(url);
  if (!file) return createClient({ url, ...(authToken && { authToken }) });
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Calls on a file are synchronous: a second connection would gain nothing and lose the settings.
  const client = createClient({ url: `file:${file}`, timeout: LOCK_WAIT_MS, concurrency: 1 });
  chmodSync(file, 0o600);
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("PRAGMA foreign_keys = ON");
  return client;
}
