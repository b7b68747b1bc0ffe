import { Stop } from "../say.mjs";

/** What a party can run on; the first unless something else is said. */
export const ENGINES = ["partykit", "cloudflare"];

/** The engine of that name, which PARTY_ENGINE holds. */
export function engineOf(name) {
  if (!name) return ENGINES[0];
  if (ENGINES.includes(name)) return name;
  throw new Stop(`PARTY_ENGINE=${name} is no engine: choose ${ENGINES.join(" or ")}.`);
}

/**
 * Takes `--engine NAME` out of a command's words, and has it mean what PARTY_ENGINE means, for this
 * process and those that it starts.
 */
export function takeEngine(words, env) {
  const at = words.findIndex((word) => /^--engine(=|$)/.test(word));
  if (at < 0) return words;
  const [flag, value] = words[at].split("=");
  const name = value ?? words[at + 1] ?? "";
  if (!ENGINES.includes(name)) {
    throw new Stop(`${flag} ${name} is no engine: choose ${ENGINES.join(" or ")}.`);
  }
  env.PARTY_ENGINE = name;
  return words.toSpliced(at, value === undefined ? 2 : 1);
}
