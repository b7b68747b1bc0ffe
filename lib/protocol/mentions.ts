/** Somebody who may be mentioned in a room, under the name they have or had there. */
export interface Mentionable {
  id: string;
  name: string;
}
/** A name that may be mentioned here, and whom it means; `mine` where the reader is among them. */
export interface KnownName {
  /** In `folded` form. */
  folded: string;
  ids: readonly string[];
  mine: boolean;
}
export type MentionPiece =
  | { kind: "text"; text: string }
  | { kind: "mention"; text: string; ids: readonly string[]; mine: boolean };

const LETTER = /[\p{L}\p{N}\p{M}_]/u;
const ENDS_IN_LETTER = /[\p{L}\p{N}\p{M}_]$/u;
const FIRST_LETTERS = /^[\p{L}\p{N}\p{M}_]*/u;
/** A first name of one letter would make a mention of every "@a". */
const SHORTEST_FIRST_NAME = 2;

/** The first word of a name that has several. */
function firstNameOf(name: string): string | null {
  const words = name.trim().split(/\s+/u);
  const first = words.length > 1 ? (words[0] ?? "") : "";
  return [...first].length >= SHORTEST_FIRST_NAME && LETTER.test(first) ? first : null;
}

/**
 * The names to look for, the longest first ("Ada Lovelace" before "Ada"): each whole name, and the
 * first name of who is the only one here to have it and no one's whole name.
 * @param own id of the reader
 */
export function namesToFind(people: readonly Mentionable[], own?: string): KnownName[] {
  const whole = new Map<string, Set<string>>();
  const first = new Map<string, Set<string>>();
  const add = (to: typeof whole, name: string, id: string) => {
    const key = folded(name);
    to.set(key, (to.get(key) ?? new Set()).add(id));
  };
  for (const { id, name } of people) {
    if (name.trim() === "") continue;
    add(whole, name, id);
    const short = firstNameOf(name);
    if (short !== null) add(first, short, id);
  }
  for (const [name, ids] of first) {
    if (ids.size === 1 && !whole.has(name)) whole.set(name, ids);
  }
  return [...whole]
    .toSorted(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
    .map(([name, ids]) => ({
      folded: name,
      ids: [...ids],
      mine: own !== undefined && ids.has(own),
    }));
}

/**
 * Cuts a text at its mentions: `@` and the name of somebody known, in any case, between two places
 * where a word ends. The pieces joined are the text, character for character.
 */
export function findMentions(text: string, names: readonly KnownName[]): MentionPiece[] {
  const pieces: MentionPiece[] = [];
  const searched = folded(text);
  let from = 0;
  for (const at of mentionStarts(text)) {
    if (at < from) continue;
    const found = names.find((known) => isNamed(searched, at + 1, known.folded));
    if (!found) continue;
    const end = at + 1 + found.folded.length;
    if (at > from) pieces.push({ kind: "text", text: text.slice(from, at) });
    const { ids, mine } = found;
    pieces.push({ kind: "mention", text: text.slice(at, end), ids, mine });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** The ids of everybody a text mentions, each once. */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  if (people.length === 0) return [];
  const pieces = findMentions(text, namesToFind(people));
  return [...new Set(pieces.flatMap((piece) => (piece.kind === "mention" ? piece.ids : [])))];
}

/** What a name is filed under: its first letters, in lower case. Empty for one that begins with a sign. */
export const fileUnder = (name: string): string => FIRST_LETTERS.exec(folded(name))?.[0] ?? "";

/** Where names must be looked for to know whom a text mentions; the first `limit` of them. */
export function filesIn(text: string, limit: number): string[] {
  if (!text.includes("@")) return [];
  const files = new Set<string>();
  for (const at of mentionStarts(text)) {
    if (files.size >= limit) break;
    files.add(fileUnder(text.slice(at + 1, at + 1 + LONGEST_FILE)));
  }
  return [...files];
}
/** UTF-16 units; a name is shorter. */
const LONGEST_FILE = 160;

/**
 * Without a difference of case, and as long as it was: a few letters are longer in lower case, and
 * then places in a text would not be the same.
 */
const folded = (text: string): string =>
  text
    .replace(/[\p{Lu}\p{Lt}]/gu, (letter) => {
      const lower = letter.toLowerCase();
      return lower.length === letter.length ? lower : letter;
    })
    .replaceAll("ς", "σ");

/** Every `@` before which a word has ended. */
function* mentionStarts(text: string): Generator<number> {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (!ENDS_IN_LETTER.test(text.slice(Math.max(0, at - 2), at))) yield at;
  }
}

function isNamed(text: string, at: number, name: string): boolean {
  if (!text.startsWith(name, at)) return false;
  const after = String.fromCodePoint(text.codePointAt(at + name.length) ?? 0);
  // A name that ends in a sign ("Jr.") has ended, whatever follows.
  return !LETTER.test(after) || !ENDS_IN_LETTER.test(name);
}
