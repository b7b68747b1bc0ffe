import { safeHref } from "./safe-href";

export type Piece = { kind: "text"; text: string } | { kind: "link"; text: string; href: string };

// Only what says its scheme: a bare "example.com" may be a file name or the end of a sentence.
const CANDIDATE =
  /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?*_~…]+$/u;
const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/**
 * Cuts a message into text and links. Only http and https, only addresses that the URL parser takes
 * and that carry no user name (`https://bank.example@evil.example` is how people are fooled). The
 * pieces joined are the text, character for character.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = trim(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    if (match.index > from) pieces.push({ kind: "text", text: text.slice(from, match.index) });
    pieces.push({ kind: "link", text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** Leaves out punctuation of the sentence around the address, and brackets it did not open. */
function trim(candidate: string): string {
  let shown = candidate;
  for (;;) {
    const last = shown.at(-1) ?? "";
    const opening = PAIRS[last];
    const unopened = opening && count(shown, last) > count(shown, opening);
    const next = unopened ? shown.slice(0, -1) : shown.replace(TRAILING, "");
    if (next === shown) return shown;
    shown = next;
  }
}

const count = (text: string, character: string): number => text.split(character).length - 1;
