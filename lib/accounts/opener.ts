import { statSync } from "node:fs";
import type { Client } from "@libsql/client";
import { databaseFile, openDatabase } from "./connection";

/**
 * Opens the database once, and again where that failed. SQLite keeps a file open that was deleted or
 * moved away, and would go on writing where nobody ever reads: so it is looked for at each use, and
 * while it is not there nothing is read or written. Another file in its place is opened by the next
 * start, as its write-ahead log may still be the old one's.
 * @throws Error with a `code` where the file is not there: only set-up makes databases
 */
export function opener(
  database: () => { url: string; authToken?: string | undefined },
): () => Promise<Client> {
  let opened: { file: string | null; client: Promise<Client> } | undefined;
  return async () => {
    const { url, authToken } = database();
    const file = identity(databaseFile(url));
    if (opened) {
      if (opened.file !== file) throw gone();
      return opened.client;
    }
    const mine = { file, client: openDatabase(url, authToken) };
    opened = mine;
    mine.client.catch(() => {
      if (opened === mine) opened = undefined;
    });
    return mine.client;
  };
}

/** Device and number of a file: two files of one name differ in it. Null for a hosted database. */
function identity(file: string | null): string | null {
  if (file === null) return null;
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (!found) throw gone();
  return `${found.dev} ${found.ino}`;
}

const gone = () => Object.assign(new Error("The database is gone."), { code: "SQLITE_CANTOPEN" });
