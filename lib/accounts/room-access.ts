import type { Row } from "@libsql/client";
import type { BanEnd, RoomAccess, RoomStore } from "./room-port";
import { ROOM_COLUMNS, toBanEnd, toRole, toRoom } from "./room-rows";
import type { Store } from "./store";

const COLUMNS = `${ROOM_COLUMNS}, m.role, b.user_id AS banned, b.until, b.reason, q.since AS muted_since,
  r.direct = 1 AND EXISTS (
    SELECT 1 FROM members o JOIN hidden h
      ON (h.user_id = ?1 AND h.hidden_id = o.user_id) OR (h.user_id = o.user_id AND h.hidden_id = ?1)
    WHERE o.room_id = r.id AND o.user_id <> ?1) AS apart`;
const JOINED = `rooms r LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?1
  LEFT JOIN bans b ON b.room_id = r.id AND b.user_id = ?1 AND (b.until IS NULL OR b.until > ?2)
  LEFT JOIN mutes q ON q.room_id = r.id AND q.user_id = ?1`;

/**
 * The one rule of entry: members by their role, everybody else as member of a public room. In an
 * archived room everybody reads, and so do two people of whom one has hidden the other.
 */
function toAccess(row: Row): RoomAccess | "forbidden" | { ban: BanEnd } {
  if (row.banned !== null) return { ban: toBanEnd(row) };
  const room = toRoom(row);
  const standing = toRole(row.role) ?? (room.visibility === "public" ? "member" : null);
  if (!standing) return "forbidden";
  const role = room.archived || row.apart === 1 ? "reader" : standing;
  return { room, standing, role, muted: row.muted_since !== null };
}

const isAccess = (access: ReturnType<typeof toAccess>): access is RoomAccess =>
  typeof access === "object" && "room" in access;

/** Which rooms somebody sees, and as what they may enter one. */
export function createRoomAccess(
  store: Store,
): Pick<RoomStore, "visibleTo" | "listedFor" | "access" | "about"> {
  return {
    async visibleTo(userId, now) {
      const rows = await store.rows(
        `SELECT ${COLUMNS} FROM ${JOINED}
         WHERE r.deleted_at IS NULL AND (r.visibility = 'public' OR m.role IS NOT NULL)
         ORDER BY name COLLATE NOCASE, r.id`,
        ...[userId, now],
      );
      return rows.map(toAccess).filter(isAccess);
    },

    async listedFor(userId) {
      const rows = await store.rows(
        `SELECT ${ROOM_COLUMNS} FROM rooms r
         WHERE r.listed = 1 AND r.visibility = 'private' AND r.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id AND m.user_id = ?1)
         ORDER BY r.name COLLATE NOCASE, r.id`,
        userId,
      );
      return rows.map(toRoom);
    },

    async access(userId, roomId, now) {
      const row = await store.row(
        `SELECT ${COLUMNS} FROM ${JOINED} WHERE r.id = ?3 AND r.deleted_at IS NULL`,
        ...[userId, now, roomId],
      );
      return row ? toAccess(row) : "not_found";
    },

    async about(roomId) {
      const row = await store.row(
        `SELECT ${ROOM_COLUMNS} FROM rooms r WHERE r.id = ?2 AND r.deleted_at IS NULL`,
        ...[null, roomId],
      );
      return row && toRoom(row);
    },
  };
}
