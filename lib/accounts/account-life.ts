import type { Row } from "@libsql/client";
import type { Accounts, HeldLease } from "./port";
import type { Statement, Store } from "./store";

type AccountLife = Pick<Accounts["people"], "changePassword" | "disable" | "enable" | "remove">;

/** Where the sessions of a person, but one, may hold leases. Read before they are ended. */
const held = (userId: string, except: string | null, now: number): Statement => ({
  sql: `SELECT m.session_id, m.room FROM mints m JOIN sessions s ON s.id = m.session_id
        WHERE s.user_id = ? AND s.id IS NOT ? AND m.lease_ends_at > ?`,
  args: [userId, except, now],
});

export const toLease = (row: Row): HeldLease => ({
  sessionId: String(row.session_id),
  room: String(row.room),
});

/**
 * Private rooms where this person is the only member, and the owner for each room where they are
 * the only owner: the longest-serving of the highest role that is left.
 */
const EMPTIED = `SELECT r.id FROM rooms r JOIN members m ON m.room_id = r.id
  WHERE m.user_id = ?1 AND r.visibility = 'private'
    AND NOT EXISTS (SELECT 1 FROM members o WHERE o.room_id = r.id AND o.user_id <> ?1)`;
const PASS_ON = `UPDATE members SET role = 'owner' WHERE (room_id, user_id) IN (
    SELECT room_id, user_id FROM (
      SELECT m.room_id, m.user_id, row_number() OVER (
        PARTITION BY m.room_id
        ORDER BY CASE m.role WHEN 'moderator' THEN 0 WHEN 'member' THEN 1 ELSE 2 END,
          m.since, m.user_id) AS place
      FROM members m JOIN members own
        ON own.room_id = m.room_id AND own.user_id = ?1 AND own.role = 'owner'
      WHERE m.user_id <> ?1 AND NOT EXISTS (
        SELECT 1 FROM members o
        WHERE o.room_id = m.room_id AND o.role = 'owner' AND o.user_id <> ?1))
    WHERE place = 1)
  RETURNING room_id, user_id`;

/** Every room the person may have spoken in. */
const LEAVE_ERASURES = `INSERT INTO erasures (room_id, user_id, how, since)
  SELECT room, ?1, ?2, ?3 FROM (
    SELECT m.room FROM mints m JOIN sessions s ON s.id = m.session_id WHERE s.user_id = ?1
    UNION SELECT room_id FROM members WHERE user_id = ?1)
  WHERE ?2 <> 'keep' ON CONFLICT (room_id, user_id) DO UPDATE SET how = excluded.how`;

/** What ends login sessions of a person, each in one transaction with the sessions it ends. */
export function createAccountLife(store: Store): AccountLife {
  return {
    async changePassword(id, { before, after, keepSession }, now) {
      const [changed, leases] = await store.transact([
        {
          sql: "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?",
          args: [after, id, before],
        },
        held(id, keepSession, now),
        {
          sql: `UPDATE sessions SET revoked_at = ?1
                WHERE user_id = ?2 AND id <> ?3 AND revoked_at IS NULL
                  AND EXISTS (SELECT 1 FROM people WHERE id = ?2 AND password_hash = ?4)`,
          args: [now, id, keepSession, after],
        },
      ]);
      return changed?.changed === 1 ? (leases?.rows ?? []).map(toLease) : null;
    },

    async disable(id, now) {
      const [found, , leases] = await store.transact([
        { sql: "SELECT 1 FROM people WHERE id = ?", args: [id] },
        {
          sql: "UPDATE people SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL",
          args: [now, id],
        },
        held(id, null, now),
        {
          sql: "UPDATE sessions SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL",
          args: [now, id],
        },
      ]);
      return found?.rows.length ? (leases?.rows ?? []).map(toLease) : null;
    },

    async enable(id) {
      return (await store.write("UPDATE people SET disabled_at = NULL WHERE id = ?", id)) === 1;
    },

    async remove(id, now, messages = "keep") {
      // By name, though the schema cascades: a hosted database may not enforce references.
      const forget = (sql: string): Statement => ({ sql, args: [id] });
      const [leases, emptied, heirs, , , , , , , , gone] = await store.transact([
        held(id, null, now),
        forget(EMPTIED),
        forget(PASS_ON),
        { sql: LEAVE_ERASURES, args: [id, messages, now] },
        forget("DELETE FROM mints WHERE session_id IN (SELECT id FROM sessions WHERE user_id = ?)"),
        forget("DELETE FROM sessions WHERE user_id = ?"),
        forget("DELETE FROM members WHERE user_id = ?"),
        forget("DELETE FROM provider_accounts WHERE user_id = ?"),
        forget("DELETE FROM bans WHERE user_id = ?"),
        forget("DELETE FROM hidden WHERE user_id = ?1 OR hidden_id = ?1"),
        forget("DELETE FROM people WHERE id = ?"),
      ]);
      if (gone?.changed !== 1) return null;
      return {
        leases: (leases?.rows ?? []).map(toLease),
        emptied: (emptied?.rows ?? []).map((row) => String(row.id)),
        heirs: (heirs?.rows ?? []).map((row) => ({
          room: String(row.room_id),
          userId: String(row.user_id),
        })),
      };
    },
  };
}
