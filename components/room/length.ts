import { MAX_TEXT_CHARACTERS } from "@/lib/protocol/limits";
import { characters } from "@/lib/protocol/text";

/** The counter appears this many characters before the limit. */
export const COUNTER_FROM = 300;

/**
 * How many characters are left for a text, counted as the room counts them (code points, after trim);
 * null while there is room enough to say nothing. Negative: so many too many.
 */
export function charactersLeft(text: string): number | null {
  // UTF-16 units are never fewer than code points: short texts need no counting.
  if (text.length < MAX_TEXT_CHARACTERS - COUNTER_FROM) return null;
  const left = MAX_TEXT_CHARACTERS - characters(text.trim());
  return left <= COUNTER_FROM ? left : null;
}

/** "120 left", "12 too many". */
export const leftWords = (left: number): string =>
  left >= 0 ? `${left} left` : `${-left} too many`;
