import type { Accounts } from "./port";
import { Conflict, type Store } from "./store";

const PURGE_EVERY = 500;
const FORGET_AFTER_MS = 24 * 3_600_000;

/** Mints: which rooms a login session may hold leases in. */
export function createMints(store: Store): Accounts["mints"] {
  return {
    async record(sessionId, room, leaseEndsAt, now) {
      const written = await store.write(
        `INSERT INTO mints (session_id, room, lease_ends_at)
         SELECT s.id, ?2, ?3 FROM sessions s
         WHERE s.id = ?1 AND s.revoked_at IS NULL AND s.expires_at > ?4
         ON CONFLICT (session_id, room)
           DO UPDATE SET lease_ends_at = max(lease_ends_at, excluded.lease_ends_at)`,
        ...[sessionId, room, leaseEndsAt, now],
      );
      return written === 1;
    },
    async rooms(sessionId, now) {
      const rows = await store.rows(
        "SELECT room FROM mints WHERE session_id = ? AND lease_ends_at > ? ORDER BY room",
        ...[sessionId, now],
      );
      return rows.map((row) => String(row.room));
    },
    async roomsOf(userId, now) {
      const rows = await store.rows(
        `SELECT DISTINCT m.room FROM mints m JOIN sessions s ON s.id = m.session_id
         WHERE s.user_id = ? AND m.lease_ends_at > ? ORDER BY m.room`,
        ...[userId, now],
      );
      return rows.map((row) => String(row.room));
    },
    async strangersIn(room, now) {
      const rows = await store.rows(
        `SELECT DISTINCT s.user_id FROM mints m JOIN sessions s ON s.id = m.session_id
         WHERE m.room = ?1 AND m.lease_ends_at > ?2 AND NOT EXISTS (
           SELECT 1 FROM members o WHERE o.room_id = ?1 AND o.user_id = s.user_id)`,
        ...[room, now],
      );
      return rows.map((row) => String(row.user_id));
    },
    async everIn(userId) {
      const rows = await store.rows(
        `SELECT DISTINCT m.room FROM mints m JOIN sessions s ON s.id = m.session_id
         WHERE s.user_id = ? ORDER BY m.room`,
        userId,
      );
      return rows.map((row) => String(row.room));
    },
  };
}

/** Throttle counters, with old rows swept now and then. */
export function createThrottle(store: Store): Accounts["throttle"] {
  let writes = 0;
  return {
    async get(key) {
      const row = await store.row("SELECT * FROM throttle WHERE key = ?", key);
      if (!row) return null;
      return {
        count: Number(row.count),
        since: Number(row.since),
        blockedUntil: Number(row.blocked_until),
      };
    },
    async swap(key, before, next) {
      if (++writes % PURGE_EVERY === 0) {
        const horizon = next.since - FORGET_AFTER_MS;
        await store.write("DELETE FROM throttle WHERE max(since, blocked_until) < ?", horizon);
      }
      const values = [next.count, next.since, next.blockedUntil];
      if (before) {
        const changed = await store.write(
          `UPDATE throttle SET count = ?, since = ?, blocked_until = ?
           WHERE key = ? AND count = ? AND since = ? AND blocked_until = ?`,
          ...[...values, key, before.count, before.since, before.blockedUntil],
        );
        return changed === 1;
      }
      try {
        await store.write(
          "INSERT INTO throttle (count, since, blocked_until, key) VALUES (?, ?, ?, ?)",
          ...[...values, key],
        );
        return true;
      } catch (error) {
        if (error instanceof Conflict) return false;
        throw error;
      }
    },
    async clear(key) {
      await store.write("DELETE FROM throttle WHERE key = ?", key);
    },
  };
}
