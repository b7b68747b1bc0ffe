import type { Bans } from "./room-port";
import { logged } from "./room-log";
import { toBanEnd } from "./room-rows";
import type { Store } from "./store";

export function createBans(store: Store): Bans {
  return {
    async put(room, userId, { until, reason }, log) {
      await store.writeAll([
        {
          sql: `INSERT INTO bans (room_id, user_id, until, reason, by_id, at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (room_id, user_id) DO UPDATE SET until = excluded.until,
                  reason = excluded.reason, by_id = excluded.by_id, at = excluded.at`,
          args: [room, userId, until, reason, log.by.id, log.at],
        },
        logged(log),
      ]);
    },

    async lift(room, userId, log) {
      const [lifted] = await store.writeAll([
        { sql: "DELETE FROM bans WHERE room_id = ? AND user_id = ?", args: [room, userId] },
        logged(log),
      ]);
      return lifted === 1;
    },

    async inForce(room, now) {
      const rows = await store.rows(
        `SELECT b.*, p.name FROM bans b JOIN people p ON p.id = b.user_id
         WHERE b.room_id = ? AND (b.until IS NULL OR b.until > ?) ORDER BY b.at DESC, b.user_id`,
        ...[room, now],
      );
      return rows.map((row) => ({
        user: { id: String(row.user_id), name: String(row.name) },
        ...toBanEnd(row),
        byId: String(row.by_id),
        at: Number(row.at),
      }));
    },
  };
}
