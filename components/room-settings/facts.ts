import type { Role } from "@/lib/protocol/values";

/** A room as its settings begin with it. */
export interface RoomToKeep {
  id: string;
  name: string;
  topic: string | null;
  visibility: "public" | "private" | "invite";
  archived: boolean;
  /** What the room itself keeps; null where it did not answer. */
  rules: { slowSeconds: number; retentionDays: number | null } | null;
  standing: Role;
}
