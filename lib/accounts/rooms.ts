import type { InValue, Row } from "@libsql/client";
import { ROLES, type Role } from "../protocol/values";
import { logged } from "./room-log";
import type { BanEnd, Room, RoomAccess, RoomStore, Visibility } from "./room-port";
import { Conflict, type Statement, type Store } from "./store";

/** `?1` is the person who asks. A room between two is called by the other one's name. */
export const ROOM_COLUMNS = `r.id, r.topic, r.visibility, r.listed, r.direct, r.archived_at, r.created_at,
  CASE WHEN r.direct = 0 THEN r.name ELSE coalesce((
    SELECT p.name FROM members o JOIN people p ON p.id = o.user_id
    WHERE o.room_id = r.id AND o.user_id <> ?1), 'Deleted person') END AS name,
  CASE WHEN r.direct = 1 THEN (
    SELECT o.user_id FROM members o WHERE o.room_id = r.id AND o.user_id <> ?1) END AS other_id,
  CASE WHEN r.direct = 1 THEN (
    SELECT p.picture FROM members o JOIN people p ON p.id = o.user_id
    WHERE o.room_id = r.id AND o.user_id <> ?1) END AS other_picture`;
const COLUMNS = `${ROOM_COLUMNS}, m.role, b.user_id AS banned, b.until, b.reason, q.since AS muted_since,
  r.direct = 1 AND EXISTS (
    SELECT 1 FROM members o JOIN hidden h
      ON (h.user_id = ?1 AND h.hidden_id = o.user_id) OR (h.user_id = o.user_id AND h.hidden_id = ?1)
    WHERE o.room_id = r.id AND o.user_id <> ?1) AS apart`;
const JOINED = `rooms r LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?1
  LEFT JOIN bans b ON b.room_id = r.id AND b.user_id = ?1 AND (b.until IS NULL OR b.until > ?2)
  LEFT JOIN mutes q ON q.room_id = r.id AND q.user_id = ?1`;

export const toRoom = (row: Row): Room => ({
  id: String(row.id),
  name: String(row.name),
  topic: row.topic === null ? null : String(row.topic),
  visibility: visibilityOf(row),
  createdAt: Number(row.created_at),
  archived: row.archived_at !== null,
  direct: row.direct === 1,
  other:
    typeof row.other_id === "string"
      ? {
          id: row.other_id,
          picture: typeof row.other_picture === "string" ? row.other_picture : null,
        }
      : null,
});

// Anything unreadable counts as private: fail closed.
function visibilityOf({ visibility, listed }: Row): Visibility {
  if (visibility === "public") return "public";
  return visibility === "private" && listed === 1 ? "invite" : "private";
}

export const toRole = (value: unknown): Role | null => ROLES.find((role) => role === value) ?? null;

export const toBanEnd = (row: Row): BanEnd => ({
  until: row.until === null ? null : Number(row.until),
  reason: row.reason === null ? null : String(row.reason),
});

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

const storedVisibility = (visibility: Visibility): [string, InValue][] => [
  ["visibility", visibility === "public" ? "public" : "private"],
  ["listed", visibility === "invite" ? 1 : 0],
];

export function createRooms(store: Store): RoomStore {
  const change = async (statement: Statement, log: Parameters<typeof logged>[0] | undefined) =>
    ((await store.writeAll(log ? [statement, logged(log)] : [statement]))[0] ?? 0) > 0;

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

    async mute(userId, roomId, muted, now) {
      if (!muted) {
        await store.write("DELETE FROM mutes WHERE user_id = ? AND room_id = ?", userId, roomId);
        return;
      }
      await store.write(
        `INSERT INTO mutes (user_id, room_id, since) SELECT ?1, id, ?3 FROM rooms WHERE id = ?2
         ON CONFLICT (user_id, room_id) DO NOTHING`,
        ...[userId, roomId, now],
      );
    },

    async create(room, ownerId) {
      const { id, name, topic, visibility, createdAt } = room;
      const [stored, listed] = storedVisibility(visibility).map(([, value]) => value);
      try {
        await store.writeAll([
          {
            sql: `INSERT INTO rooms (id, name, topic, visibility, listed, created_at)
                  VALUES (?, ?, ?, ?, ?, ?)`,
            args: [id, name, topic, stored ?? "private", listed ?? 0, createdAt],
          },
          {
            sql: "INSERT INTO members (room_id, user_id, role, since) VALUES (?, ?, 'owner', ?)",
            args: [id, ownerId, createdAt],
          },
        ]);
        return "created";
      } catch (error) {
        if (error instanceof Conflict) return "conflict";
        throw error;
      }
    },

    async openDirect(roomId, people, now) {
      await store.writeAll([
        {
          sql: `INSERT INTO rooms (id, name, visibility, direct, created_at)
                VALUES (?, '', 'private', 1, ?) ON CONFLICT (id) DO NOTHING`,
          args: [roomId, now],
        },
        ...people.map((userId) => ({
          sql: `INSERT INTO members (room_id, user_id, role, since)
                SELECT r.id, ?2, 'member', ?3 FROM rooms r WHERE r.id = ?1 AND r.direct = 1
                ON CONFLICT (room_id, user_id) DO NOTHING`,
          args: [roomId, userId, now],
        })),
      ]);
    },

    async update(roomId, { name, topic, visibility, archived }, log) {
      const set: [string, InValue][] = [];
      if (name !== undefined) set.push(["name", name]);
      if (topic !== undefined) set.push(["topic", topic]);
      if (visibility !== undefined) set.push(...storedVisibility(visibility));
      if (archived !== undefined) set.push(["archived_at", archived ? log.at : null]);
      const columns = set.map(([column]) => `${column} = ?`).join(", ");
      const sql = `UPDATE rooms SET ${columns} WHERE id = ? AND deleted_at IS NULL`;
      await change({ sql, args: [...set.map(([, value]) => value), roomId] }, log);
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

    async remove(roomId, log) {
      const forget = (sql: string): Statement => ({ sql, args: [roomId] });
      await store.writeAll([
        {
          sql: `UPDATE rooms SET deleted_at = ?, name = id, topic = NULL, visibility = 'private', listed = 0
                WHERE id = ? AND deleted_at IS NULL`,
          args: [log.at, roomId],
        },
        logged(log),
        forget("DELETE FROM members WHERE room_id = ?"),
        forget("DELETE FROM invites WHERE room_id = ?"),
        forget("DELETE FROM bans WHERE room_id = ?"),
      ]);
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
