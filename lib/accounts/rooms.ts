import type { InValue } from "@libsql/client";
import { createRoomAccess } from "./room-access";
import { logged } from "./room-log";
import { createRoomMembers } from "./room-members";
import type { RoomStore, Visibility } from "./room-port";
import { Conflict, type Statement, type Store } from "./store";

const storedVisibility = (visibility: Visibility): [string, InValue][] => [
  ["visibility", visibility === "public" ? "public" : "private"],
  ["listed", visibility === "invite" ? 1 : 0],
];

/** The rooms themselves, beside who may enter them and who is on their lists. */
export function createRooms(store: Store): RoomStore {
  return {
    ...createRoomAccess(store),
    ...createRoomMembers(store),

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
      const args = [...set.map(([, value]) => value), roomId];
      await store.writeAll([{ sql, args }, logged(log)]);
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
  };
}
