import type { Hidden } from "./room-port";
import type { Store } from "./store";

export function createHidden(store: Store): Hidden {
  return {
    async list(userId) {
      const rows = await store.rows(
        `SELECT p.id, p.name, h.since FROM hidden h JOIN people p ON p.id = h.hidden_id
         WHERE h.user_id = ? ORDER BY p.name COLLATE NOCASE, p.id`,
        userId,
      );
      return rows.map((row) => ({
        id: String(row.id),
        name: String(row.name),
        since: Number(row.since),
      }));
    },

    async add(userId, hiddenId, now) {
      const [found] = await store.transact([
        { sql: "SELECT 1 FROM people WHERE id = ?", args: [hiddenId] },
        {
          sql: `INSERT INTO hidden (user_id, hidden_id, since)
                SELECT ?1, p.id, ?3 FROM people p WHERE p.id = ?2
                ON CONFLICT (user_id, hidden_id) DO NOTHING`,
          args: [userId, hiddenId, now],
        },
      ]);
      return (found?.rows.length ?? 0) > 0;
    },

    async remove(userId, hiddenId) {
      const removed = await store.write(
        "DELETE FROM hidden WHERE user_id = ? AND hidden_id = ?",
        ...[userId, hiddenId],
      );
      return removed === 1;
    },

    async between(one, other) {
      const row = await store.row(
        `SELECT 1 FROM hidden
         WHERE (user_id = ?1 AND hidden_id = ?2) OR (user_id = ?2 AND hidden_id = ?1)`,
        ...[one, other],
      );
      return row !== null;
    },
  };
}
