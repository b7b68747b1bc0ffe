import type { Row } from "@libsql/client";
import { logged } from "./room-log";
import type { Invited, Invites } from "./room-port";
import { ROOM_COLUMNS, toBanEnd, toRole, toRoom } from "./room-rows";
import type { Store } from "./store";

/** May be used at the time `?3`, by whoever is not banned. */
const USABLE = `i.revoked_at IS NULL AND i.expires_at > ?3 AND i.uses < i.max_uses AND EXISTS (
  SELECT 1 FROM rooms r WHERE r.id = i.room_id AND r.deleted_at IS NULL AND r.archived_at IS NULL)`;
const BAN = "b.room_id = i.room_id AND b.user_id = ?2 AND (b.until IS NULL OR b.until > ?3)";

const NAMEABLE = `p.id = i.created_by AND p.disabled_at IS NULL
  AND EXISTS (SELECT 1 FROM members o WHERE o.room_id = i.room_id AND o.user_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM hidden h
    WHERE (h.user_id = ?2 AND h.hidden_id = p.id) OR (h.user_id = p.id AND h.hidden_id = ?2))`;

const toFrom = (row: Row): Invited["from"] => ({
  id: String(row.from_id),
  name: String(row.from_name),
  picture: typeof row.from_picture === "string" ? row.from_picture : null,
});

export function createInvites(store: Store): Invites {
  return {
    async create(invite, log) {
      const { id, codeHash, room, role, createdBy, createdAt, expiresAt, maxUses } = invite;
      await store.writeAll([
        {
          sql: `INSERT INTO invites
                  (id, code_hash, room_id, role, created_by, created_at, expires_at, max_uses)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          args: [id, codeHash, room, role, createdBy, createdAt, expiresAt, maxUses],
        },
        logged(log),
      ]);
    },

    async list(room, now) {
      const rows = await store.rows(
        `SELECT * FROM invites i WHERE i.room_id = ? AND i.revoked_at IS NULL
           AND i.expires_at > ? AND i.uses < i.max_uses ORDER BY i.created_at DESC, i.id`,
        ...[room, now],
      );
      return rows.map((row) => ({
        id: String(row.id),
        role: toRole(row.role) ?? "reader",
        createdBy: String(row.created_by),
        createdAt: Number(row.created_at),
        expiresAt: Number(row.expires_at),
        maxUses: Number(row.max_uses),
        uses: Number(row.uses),
      }));
    },

    async revoke(room, id, log) {
      const [revoked] = await store.writeAll([
        {
          sql: `UPDATE invites SET revoked_at = ?
                WHERE id = ? AND room_id = ? AND revoked_at IS NULL`,
          args: [log.at, id, room],
        },
        logged(log),
      ]);
      return revoked === 1;
    },

    async look(codeHash, userId, now) {
      const row = await store.row(
        `SELECT ${ROOM_COLUMNS.replaceAll("?1", "?2")}, i.role AS gives, m.role AS has,
           b.user_id AS banned, b.until, b.reason,
           p.id AS from_id, p.name AS from_name, p.picture AS from_picture
         FROM invites i JOIN rooms r ON r.id = i.room_id
           LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?2
           LEFT JOIN bans b ON ${BAN}
           LEFT JOIN people p ON ${NAMEABLE}
         WHERE i.code_hash = ?1 AND (${USABLE} OR (m.role IS NOT NULL AND r.deleted_at IS NULL))`,
        ...[codeHash, userId, now],
      );
      if (!row) return "not_found";
      if (row.banned !== null) return { ban: toBanEnd(row) };
      const from = typeof row.from_id === "string" ? toFrom(row) : null;
      const role = toRole(row.gives) ?? "reader";
      return { room: toRoom(row), role, member: toRole(row.has), from };
    },

    async accept(codeHash, userId, log) {
      const [used, joined] = await store.transact([
        {
          sql: `UPDATE invites AS i SET uses = uses + 1 WHERE i.code_hash = ?1 AND ${USABLE}
                AND NOT EXISTS (SELECT 1 FROM members m WHERE m.room_id = i.room_id AND m.user_id = ?2)
                AND NOT EXISTS (SELECT 1 FROM bans b WHERE ${BAN})
                AND EXISTS (SELECT 1 FROM people p WHERE p.id = ?2 AND p.disabled_at IS NULL)
                RETURNING room_id`,
          args: [codeHash, userId, log.at],
        },
        {
          sql: `INSERT INTO members (room_id, user_id, role, since)
                SELECT i.room_id, ?2, i.role, ?3 FROM invites i
                WHERE i.code_hash = ?1 AND changes() = 1`,
          args: [codeHash, userId, log.at],
        },
        {
          sql: `INSERT INTO room_log (room_id, at, action, by_id, by_name)
                SELECT room_id, ?2, ?3, ?4, ?5 FROM invites WHERE code_hash = ?1 AND changes() = 1`,
          args: [codeHash, log.at, log.action, log.by.id, log.by.name],
        },
      ]);
      const room = used?.rows[0]?.room_id;
      return room !== undefined && joined?.changed === 1 ? String(room) : null;
    },
  };
}
