import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "../../scripts/migrate.mjs";
import { openDatabase } from "./connection";
import { createAccounts } from "./libsql";
import type { Accounts } from "./port";

/** Accounts on a fresh, migrated database file in a folder of its own, for tests. */
export async function temporaryAccounts(): Promise<{
  accounts: Accounts;
  url: string;
  remove(): void;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), "guestlist-"));
  const url = `file:${path.join(folder, "app.db")}`;
  await migrate({ url, authToken: undefined });
  const client = await openDatabase(url);
  return {
    accounts: createAccounts(client),
    url,
    remove() {
      client.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A person as the port takes it; `changes` make it the one a test needs. */
export const somebody = (id: string, changes: { passwordHash?: string } = {}) => ({
  id,
  email: `${id}@example.com`,
  name: id,
  picture: null,
  passwordHash: null,
  createdAt: 1,
  ...changes,
});
