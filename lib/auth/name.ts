import { MAX_NAME_CHARACTERS } from "../protocol/limits";
import { characters, isBlank, isWellFormed } from "../protocol/text";

/** Controls and invisible formatting: direction overrides in a name would reorder its neighbours. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
/** Joiners that emoji and some scripts need. */
const KEPT = new Set(["\u200c", "\u200d"]);
/** More stacked marks than any orthography uses would spill over the lines around. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/**
 * One line of text as people see it: NFC, without controls or direction overrides, single spaces.
 * Null where nothing visible is left or it is longer than `max` code points.
 */
export function normaliseText(given: unknown, max: number): string | null {
  if (typeof given !== "string" || given.length > max * 8 || !isWellFormed(given)) return null;
  const text = given
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(INVISIBLE, (character) => (KEPT.has(character) ? character : ""))
    .replace(STACKED, "$1")
    .replace(/ +/g, " ")
    .trim();
  return isBlank(text) || characters(text) > max ? null : text;
}

/** A person's display name in its stored form, or null. */
export const normaliseName = (given: unknown): string | null =>
  normaliseText(given, MAX_NAME_CHARACTERS);

/** A provider's name, cut to length; the part of the address before `@` where it has none. */
export function nameFromProvider(name: unknown, email: string): string {
  const text = typeof name === "string" ? [...name].slice(0, MAX_NAME_CHARACTERS).join("") : "";
  return normaliseName(text) ?? email.split("@")[0]?.slice(0, MAX_NAME_CHARACTERS) ?? "Guest";
}
