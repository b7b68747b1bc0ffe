import type { Row } from "@libsql/client";
import type { Accounts, Person } from "./port";
import { Conflict, type Store } from "./store";

const COLUMNS = "id, email, name, picture, password_hash, admin, disabled_at, created_at";
const INSERT = `INSERT INTO people (id, email, name, picture, password_hash, created_at)
  VALUES (?, ?, ?, ?, ?, ?)`;

export const toPerson = (row: Row): Person => ({
  id: String(row.id),
  email: String(row.email),
  name: String(row.name),
  picture: row.picture === null ? null : String(row.picture),
  passwordHash: row.password_hash === null ? null : String(row.password_hash),
  admin: row.admin === 1,
  disabledAt: row.disabled_at === null ? null : Number(row.disabled_at),
  createdAt: Number(row.created_at),
});

type People = Omit<Accounts["people"], "changePassword" | "disable" | "enable" | "remove">;

/** People as they come and are found; how they change and go is in account-life.ts. */
export function createPeople(store: Store): People {
  const one = async (where: string, ...args: string[]): Promise<Person | null> => {
    const row = await store.row(`SELECT ${COLUMNS} FROM people WHERE ${where}`, ...args);
    return row && toPerson(row);
  };
  const linked = (provider: string, providerId: string): Promise<Person | null> =>
    one(
      "id = (SELECT user_id FROM provider_accounts WHERE provider = ? AND provider_id = ?)",
      provider,
      providerId,
    );

  return {
    byId: (id) => one("id = ?", id),
    byEmail: (email) => one("email = ?", email),

    async create({ id, email, name, picture, passwordHash, createdAt }) {
      try {
        await store.write(INSERT, id, email, name, picture, passwordHash, createdAt);
        return "created";
      } catch (error) {
        if (error instanceof Conflict) return "email_taken";
        throw error;
      }
    },

    async upgradePasswordHash(id, before, after) {
      const changed = await store.write(
        "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?",
        ...[after, id, before],
      );
      return changed === 1;
    },

    async rename(id, name) {
      await store.write("UPDATE people SET name = ? WHERE id = ?", name, id);
    },

    async page({ search, after, limit }) {
      const like = `%${search.replace(/[!%_]/g, "!$&")}%`;
      const rows = await store.rows(
        `SELECT ${COLUMNS} FROM people
         WHERE (name LIKE ?1 ESCAPE '!' OR email LIKE ?1 ESCAPE '!')
           AND (?2 IS NULL OR (name COLLATE NOCASE, id) > (
             SELECT name COLLATE NOCASE, id FROM people WHERE id = ?2))
         ORDER BY name COLLATE NOCASE, id LIMIT ?3`,
        ...[like, after, limit],
      );
      return rows.map(toPerson);
    },

    async setAdmin(id, admin) {
      const changed = await store.write(
        "UPDATE people SET admin = ? WHERE id = ?",
        ...[admin ? 1 : 0, id],
      );
      return changed === 1;
    },

    async byProvider({ provider, providerId }, fresh) {
      const known = await linked(provider, providerId);
      if (known) return known;
      const { id, email, name, picture, createdAt } = fresh;
      try {
        await store.writeAll([
          { sql: INSERT, args: [id, email, name, picture, null, createdAt] },
          {
            sql: "INSERT INTO provider_accounts (provider, provider_id, user_id) VALUES (?, ?, ?)",
            args: [provider, providerId, id],
          },
        ]);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        // Two first sign-ins of one account at once: the other made the person.
        return (await linked(provider, providerId)) ?? "email_taken";
      }
      return { ...fresh, passwordHash: null, admin: false, disabledAt: null };
    },
  };
}
