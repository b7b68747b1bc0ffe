import { ConfigurationProblem } from "./problem";

export const MIN_SECRET_CHARACTERS = 32;
/** 256 random bits have more than twice as many distinct characters in any usual notation. */
const MIN_DISTINCT_CHARACTERS = 10;
/** Words this short stand in one of some ten thousand random secrets by chance: alone they tell something. */
const TELLTALE =
  /change.?me|example|placeholder|password|your.?key|replace|insert|secret|default|next.?auth|private.?key|signing.?key|keyboard.?cat|qwerty|(?<![a-z\d])(?:todo|lorem)(?![a-z\d])/i;
const REMEDY = "Make one: openssl rand -base64 32 (or delete the line; `npm start` makes one).";

/** Secrets that stand in public documentation and samples, long enough to pass otherwise. */
const KNOWN = new Set([
  "12345678901234567890123456789012",
  "abcdefghijklmnopqrstuvwxyz123456",
  "0123456789abcdef0123456789abcdef",
  "a-string-secret-at-least-256-bits-long",
  "LlKq6ZtYbr+hTC073mAmAh9/h2HwMfsFo4hrfCx5mLg=",
  "GQDstcKsx0NHjPOuXOYg5MbeJ1XT0uFiwDVvVBrk",
  "A1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P6",
]);

/** Refuses a secret that is short, repetitive, sequential or published. Returns it unchanged. */
export function requireStrongSecret(variable: string, value: string | undefined): string {
  const problem = (what: string) => new ConfigurationProblem(variable, what, REMEDY);
  if (!value) throw problem("is missing.");
  if (value.length < MIN_SECRET_CHARACTERS) {
    throw problem(`is too short: ${MIN_SECRET_CHARACTERS} characters at least.`);
  }
  if (TELLTALE.test(value) || KNOWN.has(value)) {
    throw problem("is an example, not a secret.");
  }
  if (new Set(value).size < MIN_DISTINCT_CHARACTERS || isPattern(value)) {
    throw problem("is too regular to be random.");
  }
  if (isWords(value)) throw problem("is made of words, not of random bytes.");
  return value;
}

/** True for a sentence or a name with separators; 32 random bytes never fall into such pieces. */
function isWords(value: string): boolean {
  const pieces = value.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return (
    pieces.length >= 4 && pieces.every((piece) => /^([A-Za-z]?[a-z]*|[A-Z]+|\d+)$/.test(piece))
  );
}

/** True where the text repeats a short unit, or mostly counts up or down. */
function isPattern(value: string): boolean {
  const doubled = (value + value).indexOf(value, 1);
  if (doubled < value.length) return true;
  let steps = 0;
  for (let i = 1; i < value.length; i++) {
    if (Math.abs(value.charCodeAt(i) - value.charCodeAt(i - 1)) <= 1) steps++;
  }
  return steps > value.length / 2;
}
