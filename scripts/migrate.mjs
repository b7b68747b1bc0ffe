import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { databaseFile, resolveConfig, ROOT } from "./lib/config.mjs";
import { openForSetup, patiently } from "./lib/databases.mjs";
import { isMain } from "./lib/processes.mjs";
import { run, say, Stop } from "./lib/say.mjs";

const FOLDER = path.join(ROOT, "lib/accounts/migrations");
const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
const LEDGER =
  "CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)";

/** The migrations in order: `{id, name, sql}`. Numbers are 1, 2, 3 … without holes. */
export function readMigrations(folder = FOLDER) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return files.map((name, index) => {
    const id = Number(NAME.exec(name)?.[1]);
    if (id !== index + 1)
      throw new Stop(`${name}: migrations are numbered 0001, 0002, … without holes.`);
    return { id, name, sql: readFileSync(path.join(folder, name), "utf8") };
  });
}

/** Does the first steps on a database; a failure there is its place, its permissions or its host. */
async function reachable(url, work) {
  try {
    return await work();
  } catch (error) {
    const file = databaseFile(url);
    // Never the address itself: that of a hosted database may carry its token.
    throw new Stop(
      file
        ? `The database ${file} cannot be opened and written (${error.code || error.message}). Make its folder writable, or choose another place: DATABASE_URL=file:path/to/app.db`
        : `The database that DATABASE_URL names does not answer (${error.code || error.cause?.code || error.name}). Check DATABASE_URL and DATABASE_AUTH_TOKEN.`,
    );
  }
}

/**
 * Brings a database to the newest schema; resolves to the names applied now.
 * Each migration is one write transaction together with its row in `migrations`, and what is
 * applied is read inside it, so two runs at once apply each one once.
 */
export async function migrate({ url, authToken, folder = FOLDER }) {
  const migrations = readMigrations(folder);
  const client = await reachable(url, () => openForSetup({ url, authToken }));
  const applied = [];
  try {
    await reachable(url, async () => {
      if (databaseFile(url)) await patiently(() => client.execute("PRAGMA journal_mode = WAL"));
      await patiently(() => client.execute(LEDGER));
    });
    for (const migration of migrations) {
      if (await patiently(() => apply(client, migration))) applied.push(migration.name);
    }
    const newest = await client.execute("SELECT max(id) AS id FROM migrations");
    if (Number(newest.rows[0].id) > migrations.length) {
      throw new Stop("The database is newer than this version of Guestlist: update the code.");
    }
  } finally {
    client.close();
  }
  return applied;
}

async function apply(client, { id, name, sql }) {
  const transaction = await client.transaction("write");
  try {
    const done = await transaction.execute({
      sql: "SELECT name FROM migrations WHERE id = ?",
      args: [id],
    });
    const known = done.rows[0]?.name;
    if (known !== undefined && known !== name) {
      throw new Stop(`Migration ${id} was applied as ${known}, but here it is called ${name}.`);
    }
    if (known !== undefined) return false;
    await transaction.executeMultiple(sql);
    await transaction.execute({
      sql: "INSERT INTO migrations (id, name, applied_at) VALUES (?, ?, ?)",
      args: [id, name, Date.now()],
    });
    await transaction.commit();
    return true;
  } finally {
    transaction.close();
  }
}

if (isMain(import.meta.url)) {
  await run(async () => {
    const { databaseUrl, appEnv } = resolveConfig();
    const applied = await migrate({ url: databaseUrl, authToken: appEnv.DATABASE_AUTH_TOKEN });
    say(applied.length ? `Applied ${applied.join(", ")}` : "The database is up to date.");
  });
}
