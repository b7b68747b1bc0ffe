import type { Row } from "@libsql/client";
import { SESSION_IDLE_SECONDS } from "../protocol/limits";
import { toLease } from "./account-life";
import { toPerson } from "./people";
import type { Accounts, Session } from "./port";
import type { Store } from "./store";

const COLUMNS =
  "s.id, s.user_id, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at, s.device";
/** Not revoked, not at its end, and used within the time that a session may lie idle. */
const LIVE = `s.revoked_at IS NULL
  AND min(s.expires_at, s.last_seen_at + ${SESSION_IDLE_SECONDS * 1_000}) > ?`;

const toSession = (row: Row): Session => ({
  id: String(row.id),
  userId: String(row.user_id),
  createdAt: Number(row.created_at),
  lastSeenAt: Number(row.last_seen_at),
  expiresAt: Number(row.expires_at),
  revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
  device: String(row.device),
});

export function createSessions(store: Store): Accounts["sessions"] {
  return {
    async create({ id, userId, createdAt, expiresAt, device }, provenHash = null) {
      const created = await store.write(
        `INSERT INTO sessions (id, user_id, created_at, last_seen_at, expires_at, device)
         SELECT ?1, p.id, ?3, ?3, ?4, ?5 FROM people p
         WHERE p.id = ?2 AND p.disabled_at IS NULL AND (?6 IS NULL OR p.password_hash = ?6)`,
        ...[id, userId, createdAt, expiresAt, device.slice(0, 256), provenHash],
      );
      return created === 1;
    },

    async active(id, now) {
      const row = await store.row(
        `SELECT ${COLUMNS}, p.email, p.name, p.picture, p.password_hash, p.admin, p.disabled_at,
           p.created_at AS person_created_at
         FROM sessions s JOIN people p ON p.id = s.user_id
         WHERE s.id = ? AND ${LIVE} AND p.disabled_at IS NULL`,
        ...[id, now],
      );
      if (!row) return null;
      const person = { ...row, id: row.user_id, created_at: row.person_created_at } as Row;
      return { session: toSession(row), person: toPerson(person) };
    },

    async list(userId, now) {
      const rows = await store.rows(
        `SELECT ${COLUMNS} FROM sessions s WHERE s.user_id = ? AND ${LIVE}
         ORDER BY s.last_seen_at DESC, s.id`,
        ...[userId, now],
      );
      return rows.map(toSession);
    },

    async touch(id, now) {
      await store.write(
        "UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE id = ?",
        now,
        id,
      );
    },

    async revoke(id, now) {
      await store.write(
        "UPDATE sessions SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        ...[now, id],
      );
    },

    async revokeAll(now, userId) {
      const whose = userId ?? null;
      const [leases, ended] = await store.transact([
        {
          sql: `SELECT m.session_id, m.room FROM mints m JOIN sessions s ON s.id = m.session_id
                WHERE (?1 IS NULL OR s.user_id = ?1) AND s.revoked_at IS NULL
                  AND m.lease_ends_at > ?2`,
          args: [whose, now],
        },
        {
          sql: `UPDATE sessions SET revoked_at = ?2
                WHERE (?1 IS NULL OR user_id = ?1) AND revoked_at IS NULL AND expires_at > ?2`,
          args: [whose, now],
        },
      ]);
      return { ended: ended?.changed ?? 0, leases: (leases?.rows ?? []).map(toLease) };
    },

    async revokeOthers(userId, except, now) {
      const rows = await store.rows(
        `SELECT s.id FROM sessions s WHERE s.user_id = ? AND s.id IS NOT ? AND ${LIVE}`,
        ...[userId, except, now],
      );
      const ids = rows.map((row) => String(row.id));
      await store.writeAll(
        ids.map((id) => ({
          sql: "UPDATE sessions SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
          args: [now, id],
        })),
      );
      return ids;
    },
  };
}
