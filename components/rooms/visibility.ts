import type { Face } from "../ui/avatar";
import type { RoomItem } from "./use-rooms";

export const VISIBILITIES = ["public", "invite", "private"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const VISIBILITY_WORDS: Record<Visibility, string> = {
  public: "public",
  invite: "invite-only",
  private: "private",
};

/** What was chosen; anything unreadable is private. */
export const readVisibility = (given: string): Visibility =>
  VISIBILITIES.find((known) => known === given) ?? "private";

/** Whom a room between two is with; somebody whose account is gone keeps the room's colour. */
export const faceOf = ({ id, name, other }: Pick<RoomItem, "id" | "name" | "other">): Face => ({
  id: other?.id ?? id,
  name,
  picture: other?.picture,
});
