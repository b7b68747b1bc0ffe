import type { Row } from "@libsql/client";
import type { Erasure, Erasures } from "./room-port";
import type { Store } from "./store";

const toErasure = (row: Row): Erasure => ({
  room: String(row.room_id),
  userId: String(row.user_id),
  how: row.how === "erase" ? "erase" : "anonymise",
});

export function createErasures(store: Store): Erasures {
  return {
    async of(userId) {
      const rows = await store.rows("SELECT * FROM erasures WHERE user_id = ?", userId);
      return rows.map(toErasure);
    },
    async pending(limit) {
      const rows = await store.rows("SELECT * FROM erasures ORDER BY since LIMIT ?", limit);
      return rows.map(toErasure);
    },
    async done(room, userId) {
      await store.write("DELETE FROM erasures WHERE room_id = ? AND user_id = ?", room, userId);
    },
  };
}
