/** How many stops the wheel of people's colours has; see `.hue-*` in app/tokens.css. */
export const HUES = 12;

/**
 * The colour class of a person: stable for an id on every machine (FNV-1a, 32 bits),
 * never derived from the name, so that renaming oneself does not repaint the room.
 */
export function hueClass(id: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV-1a repeat for short ids: fold the high ones in.
  return `person hue-${((hash ^ (hash >>> 15)) >>> 0) % HUES}`;
}

const segments = (text: string): string[] =>
  typeof Intl.Segmenter === "function"
    ? Array.from(new Intl.Segmenter().segment(text), (part) => part.segment)
    : Array.from(text);

/** One or two letters for a name: first and last word, whole graphemes, upper case. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters = [first, last].map((word) => (word ? (segments(word)[0] ?? "") : ""));
  return letters.join("").toLocaleUpperCase() || "?";
}
