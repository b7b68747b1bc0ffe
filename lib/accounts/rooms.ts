import type { Row } from "@libsql/client";
import { ROLES, type Role } from "../protocol/values";
import type { Accounts, Room, RoomAccess } from "./port";
import { Conflict, type Store } from "./store";

const COLUMNS = "r.id, r.name, r.topic, r.visibility, r.created_at, m.role";
const JOINED = "rooms r LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?";

const toRoom = (row: Row): Room => ({
  id: String(row.id),
  name: String(row.name),
  topic: row.topic === null ? null : String(row.topic),
  // Anything unreadable counts as private: fail closed.
  visibility: row.visibility === "public" ? "public" : "private",
  createdAt: Number(row.created_at),
});

const toRole = (value: unknown): Role | null => ROLES.find((role) => role === value) ?? null;

/** The one rule of entry: members by their role, everybody else as member of a public room. */
function toAccess(row: Row): RoomAccess | null {
  const room = toRoom(row);
  const role = toRole(row.role) ?? (room.visibility === "public" ? "member" : null);
  return role && { room, role };
}

export function createRooms(store: Store): Accounts["rooms"] {
  return {
    async visibleTo(userId) {
      const rows = await store.rows(
        `SELECT ${COLUMNS} FROM ${JOINED}
         WHERE r.visibility = 'public' OR m.role IS NOT NULL
         ORDER BY r.name COLLATE NOCASE, r.id`,
        userId,
      );
      return rows.map(toAccess).filter((access) => access !== null);
    },

    async access(userId, roomId) {
      const row = await store.row(
        `SELECT ${COLUMNS} FROM ${JOINED} WHERE r.id = ?`,
        userId,
        roomId,
      );
      return row ? (toAccess(row) ?? "forbidden") : "not_found";
    },

    async members(roomId) {
      const rows = await store.rows(
        `SELECT p.id, p.name, p.picture, m.role FROM members m JOIN people p ON p.id = m.user_id
         WHERE m.room_id = ? AND p.disabled_at IS NULL
         ORDER BY p.name COLLATE NOCASE, p.id`,
        roomId,
      );
      return rows.map((row) => ({
        id: String(row.id),
        name: String(row.name),
        picture: row.picture === null ? null : String(row.picture),
        role: toRole(row.role) ?? "reader",
      }));
    },

    async create(room, ownerId) {
      try {
        await store.writeAll([
          {
            sql: "INSERT INTO rooms (id, name, topic, visibility, created_at) VALUES (?, ?, ?, ?, ?)",
            args: [room.id, room.name, room.topic, room.visibility, room.createdAt],
          },
          {
            sql: "INSERT INTO members (room_id, user_id, role, since) VALUES (?, ?, 'owner', ?)",
            args: [room.id, ownerId, room.createdAt],
          },
        ]);
        return "created";
      } catch (error) {
        if (error instanceof Conflict) return "conflict";
        throw error;
      }
    },

    async setMember(roomId, userId, role, now) {
      const changed = await store.write(
        `INSERT INTO members (room_id, user_id, role, since) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (room_id, user_id) DO UPDATE SET role = excluded.role
         WHERE ?3 = 'owner' OR members.role <> 'owner' OR EXISTS (
           SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND user_id <> ?2)`,
        ...[roomId, userId, role, now],
      );
      return changed === 1;
    },

    async memberRole(roomId, userId) {
      const row = await store.row(
        "SELECT role FROM members WHERE room_id = ? AND user_id = ?",
        ...[roomId, userId],
      );
      return row && toRole(row.role);
    },

    async removeMember(roomId, userId) {
      // One statement: two owners who leave at once must not leave a room without an owner.
      const removed = await store.write(
        `DELETE FROM members WHERE room_id = ?1 AND user_id = ?2 AND (role <> 'owner' OR EXISTS (
           SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND user_id <> ?2))`,
        ...[roomId, userId],
      );
      return removed === 1;
    },
  };
}
