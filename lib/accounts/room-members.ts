import { logged } from "./room-log";
import type { RoomStore } from "./room-port";
import { ROOM_COLUMNS, toRole } from "./room-rows";
import type { Statement, Store } from "./store";

/** Who is on a room's list, and as what. */
export function createRoomMembers(
  store: Store,
): Pick<
  RoomStore,
  "members" | "transfer" | "setMember" | "memberRole" | "removeMember" | "memberships"
> {
  const change = async (statement: Statement, log: Parameters<typeof logged>[0] | undefined) =>
    ((await store.writeAll(log ? [statement, logged(log)] : [statement]))[0] ?? 0) > 0;

  return {
    async members(roomId) {
      const rows = await store.rows(
        `SELECT p.id, p.name, p.picture, m.role, m.since
         FROM members m JOIN people p ON p.id = m.user_id
         WHERE m.room_id = ? AND p.disabled_at IS NULL
         ORDER BY p.name COLLATE NOCASE, p.id`,
        roomId,
      );
      return rows.map((row) => ({
        id: String(row.id),
        name: String(row.name),
        picture: row.picture === null ? null : String(row.picture),
        role: toRole(row.role) ?? "reader",
        since: Number(row.since),
      }));
    },

    async transfer(roomId, from, to, log) {
      const [given] = await store.writeAll([
        {
          sql: `UPDATE members SET role = 'owner'
                WHERE room_id = ?1 AND user_id = ?2 AND ?2 <> ?3 AND EXISTS (
                  SELECT 1 FROM members WHERE room_id = ?1 AND user_id = ?3 AND role = 'owner')`,
          args: [roomId, to, from],
        },
        {
          sql: `UPDATE members SET role = 'moderator'
                WHERE room_id = ?1 AND user_id = ?2 AND changes() = 1`,
          args: [roomId, from],
        },
        logged(log),
      ]);
      return given === 1;
    },

    setMember: (roomId, userId, role, now, log) =>
      change(
        {
          sql: `INSERT INTO members (room_id, user_id, role, since) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (room_id, user_id) DO UPDATE SET role = excluded.role
         WHERE ?3 = 'owner' OR members.role <> 'owner' OR EXISTS (
           SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND user_id <> ?2)`,
          args: [roomId, userId, role, now],
        },
        log,
      ),

    async memberRole(roomId, userId) {
      const row = await store.row(
        "SELECT role FROM members WHERE room_id = ? AND user_id = ?",
        ...[roomId, userId],
      );
      return row && toRole(row.role);
    },

    // One statement: two owners who leave at once must not leave a room without an owner.
    removeMember: (roomId, userId, log) =>
      change(
        {
          sql: `DELETE FROM members WHERE room_id = ?1 AND user_id = ?2 AND (role <> 'owner' OR EXISTS (
           SELECT 1 FROM members WHERE room_id = ?1 AND role = 'owner' AND user_id <> ?2))`,
          args: [roomId, userId],
        },
        log,
      ),

    async memberships(userId) {
      const rows = await store.rows(
        `SELECT ${ROOM_COLUMNS}, m.role, m.since
         FROM members m JOIN rooms r ON r.id = m.room_id AND r.deleted_at IS NULL
         WHERE m.user_id = ?1 ORDER BY r.id`,
        userId,
      );
      return rows.map((row) => ({
        room: String(row.id),
        name: String(row.name),
        role: toRole(row.role) ?? "reader",
        since: Number(row.since),
      }));
    },
  };
}
