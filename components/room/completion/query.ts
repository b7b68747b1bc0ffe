/** What is being typed at the caret that a list could complete; `from` is the place of its sign. */
export interface Query {
  kind: "person" | "emoji";
  from: number;
  typed: string;
}

/** Names have spaces in them; what goes on for longer than this is a sentence. */
const MAX_QUERY = 40;
const PERSON = /(?<![\p{L}\p{N}\p{M}_@])@([^@\n]{0,40})$/u;
/** Two letters at least, so that `:)` and `12:30` stay what they are. */
const EMOJI = /(?<![\p{L}\p{N}\p{M}_:])(?::)([\p{L}\p{N}_+-]{2,40})$/u;

/** The query that ends at the caret, or null. */
export function queryAt(text: string, caret: number): Query | null {
  const before = text.slice(Math.max(0, caret - MAX_QUERY - 2), caret);
  for (const [kind, pattern] of [
    ["person", PERSON],
    ["emoji", EMOJI],
  ] as const) {
    const typed = pattern.exec(before)?.[1];
    if (typed === undefined || /^\s/u.test(typed)) continue;
    return { kind, from: caret - typed.length - 1, typed };
  }
  return null;
}
