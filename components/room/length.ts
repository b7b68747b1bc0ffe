import { MAX_TEXT_CHARACTERS } from "@/lib/protocol/limits";
import { characters } from "@/lib/protocol/text";

/** How many characters before the limit the counter appears: a short limit has it late too. */
export const counterFrom = (limit: number): number => Math.min(300, Math.floor(limit / 10));

/**
 * How many characters are left for a text, counted as the room counts them (code points, after trim);
 * null while there is room enough to say nothing. Negative: so many too many.
 */
export function charactersLeft(text: string, limit = MAX_TEXT_CHARACTERS): number | null {
  const from = counterFrom(limit);
  // UTF-16 units are never fewer than code points: short texts need no counting.
  if (text.length < limit - from) return null;
  const left = limit - characters(text.trim());
  return left <= from ? left : null;
}

/** "120 left", "12 too many". */
export const leftWords = (left: number): string =>
  left >= 0 ? `${left} left` : `${-left} too many`;
