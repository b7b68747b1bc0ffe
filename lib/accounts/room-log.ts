import type { LogEntry, RoomLog } from "./room-port";
import type { Statement, Store } from "./store";

const COLUMNS = "at, action, by_id, by_name, user_id, user_name, detail, reason, until";

/**
 * Writes a line if the statement before it, in the same transaction, has changed something: what is
 * done is in the log, and nothing else is.
 */
export function logged(entry: LogEntry): Statement {
  const { room, at, action, by, user, detail, reason, until } = entry;
  const nullable = [user?.id, user?.name, detail, reason, until].map((value) => value ?? null);
  return {
    sql: `INSERT INTO room_log (room_id, ${COLUMNS})
          SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE changes() > 0`,
    args: [room, at, action, by.id, by.name, ...nullable],
  };
}

export function createRoomLog(store: Store): RoomLog {
  return {
    async write(entry) {
      const { sql, args } = logged(entry);
      await store.write(sql.replace("WHERE changes() > 0", ""), ...args);
    },

    async page(room, before, limit) {
      const rows = await store.rows(
        `SELECT id, ${COLUMNS} FROM room_log
         WHERE room_id = ?1 AND (?2 IS NULL OR id < ?2)
         ORDER BY id DESC LIMIT ?3`,
        ...[room, before, limit],
      );
      return rows.map((row) => ({
        n: Number(row.id),
        at: Number(row.at),
        action: String(row.action),
        by: { id: String(row.by_id), name: String(row.by_name) },
        ...(row.user_id !== null && {
          user: { id: String(row.user_id), name: String(row.user_name) },
        }),
        ...(row.detail !== null && { detail: String(row.detail) }),
        ...(row.reason !== null && { reason: String(row.reason) }),
        ...(row.until !== null && { until: Number(row.until) }),
      }));
    },
  };
}
