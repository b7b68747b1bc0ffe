import type { Face } from "../ui/avatar";
import type { RoomItem } from "./use-rooms";

export const VISIBILITIES = ["public", "invite", "private"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who may come in, to choose from. */
export const VISIBILITY_CHOICE = {
  legend: "Who may come in",
  name: "visibility",
  lines: [
    { value: "public", label: "Public", hint: "Everybody who is signed in may come in." },
    {
      value: "invite",
      label: "Invite-only",
      hint: "Everybody sees that it is there; people come in by invitation.",
    },
    {
      value: "private",
      label: "Private",
      hint: "Nobody sees it but the people who are in it.",
    },
  ],
} as const;

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
