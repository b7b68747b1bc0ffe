import type { Row } from "@libsql/client";
import { ROLES, type Role } from "../protocol/values";
import type { BanEnd, Room, Visibility } from "./room-port";

/** How rooms are read from rows, for all that asks for one. */

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
