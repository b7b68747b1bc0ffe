import { MAX_NAME_CHARACTERS } from "../protocol/limits";
import { characters, isBlank, isWellFormed } from "../protocol/text";
import { mixesScripts } from "./scripts";

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

export type NameProblem = "length" | "mixed";

/** What to tell the person, for each reason. */
export const NAME_TEXT: Record<NameProblem, string> = {
  length: `Enter a name of 1 to ${MAX_NAME_CHARACTERS} characters.`,
  mixed: "This name mixes letters of different alphabets. Write it in one of them.",
};

/**
 * A name that somebody chooses, in its stored form, or why it is refused. What is stored already is
 * not asked again. A name is no key: two people may have the same, and no role is read from one.
 */
export function chosenName(given: unknown): { name: string } | { problem: NameProblem } {
  const name = normaliseName(given);
  if (name === null) return { problem: "length" };
  return mixesScripts(name) ? { problem: "mixed" } : { name };
}

/**
 * The first of a provider's names that can be one, cut to length; else the part of the address
 * before `@`. Nobody is kept out by their name: they may change it in the settings.
 */
export function nameFromProvider(names: readonly unknown[], email: string): string {
  for (const given of names) {
    const cut = typeof given === "string" ? [...given].slice(0, MAX_NAME_CHARACTERS).join("") : "";
    const chosen = chosenName(cut);
    if ("name" in chosen) return chosen.name;
  }
  return email.split("@")[0]?.slice(0, MAX_NAME_CHARACTERS) ?? "Guest";
}
