/** A name that may be mentioned here; `mine` is the reader's own. */
export interface KnownName {
  name: string;
  lower: string;
  mine: boolean;
}
export type MentionPiece =
  { kind: "text"; text: string } | { kind: "mention"; text: string; mine: boolean };

const LETTER = /[\p{L}\p{N}\p{M}_]/u;

/** The names to look for: each once, the longest first ("Ada Lovelace" before "Ada"). */
export function namesToFind(names: readonly string[], own: string | undefined): KnownName[] {
  const unique = new Set(own === undefined ? names : [...names, own]);
  return [...unique]
    .filter((name) => name.trim() !== "")
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((name) => ({ name, lower: name.toLowerCase(), mine: name === own }));
}

/**
 * Cuts a text at its mentions: `@` and the name of somebody known, in any case, between two places
 * where a word ends. The pieces joined are the text, character for character.
 */
export function findMentions(text: string, names: readonly KnownName[]): MentionPiece[] {
  const pieces: MentionPiece[] = [];
  const lower = text.toLowerCase();
  // A few letters are longer in lower case; then places would not be the same.
  const searched = lower.length === text.length ? lower : text;
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (at < from || LETTER.test(text[at - 1] ?? "")) continue;
    const found = names.find((known) => isNamed(searched, at + 1, known.lower));
    if (!found) continue;
    const end = at + 1 + found.name.length;
    if (at > from) pieces.push({ kind: "text", text: text.slice(from, at) });
    pieces.push({ kind: "mention", text: text.slice(at, end), mine: found.mine });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

function isNamed(text: string, at: number, name: string): boolean {
  if (!text.startsWith(name, at)) return false;
  const after = String.fromCodePoint(text.codePointAt(at + name.length) ?? 0);
  // A name that ends in a sign ("Jr.") has ended, whatever follows.
  return !LETTER.test(after) || !LETTER.test(name.at(-1) ?? "");
}
