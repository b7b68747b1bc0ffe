import { ROOM_ID_PATTERN } from "@/lib/protocol/limits";

export const MAX_SLUG_CHARACTERS = 64;

/** The id a room of this name would get: "Café après minuit!" → "cafe-apres-minuit"; may be empty. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/æ/g, "ae")
    .replace(/œ/g, "oe")
    .replace(/[øđł]/g, (letter) => ({ ø: "o", đ: "d", ł: "l" })[letter] ?? "")
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, MAX_SLUG_CHARACTERS)
    .replace(/-+$/, "");
}

/** True for the only form that a room id may have. */
export const isRoomId = (text: string): boolean => ROOM_ID_PATTERN.test(text);
