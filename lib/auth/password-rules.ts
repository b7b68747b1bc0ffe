import { characters, isWellFormed } from "../protocol/text";
import { COMMON_WORDS } from "./common-words";

/** NIST SP 800-63B-4 section 3.1.1.2: length decides, composition is not asked for, lists are. */
export const MIN_PASSWORD_CHARACTERS = 8;
/** Past this nothing is hashed: a megabyte is not a password. */
export const MAX_PASSWORD_CHARACTERS = 256;
const APP_NAME = "guestlist";
/** A guessable core with this many further characters is still guessable ("Monkey2024!"). */
const DECORATION = 5;
const DIGITS_ONLY_UNTIL = 12;
const FEW_CHARACTERS_UNTIL = 16;
const SHORTEST_PERSONAL_PART = 4;

const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "l",
};
/** Rows and diagonals of keyboards, digits and the alphabet; read both ways. */
const WALKS = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "azertyuiop",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "qazwsxedcrfvtgbyhnujm",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "qawsedrftgyhujikolp",
  "!@#$%^&*()",
].flatMap((walk) => [walk, [...walk].reverse().join("")]);
const SHORTEST_STEP = 3;

export type PasswordProblem = "too_short" | "too_long" | "common" | "personal" | "breached";

/** What to tell the person, for each reason. */
export const PASSWORD_TEXT: Record<PasswordProblem, string> = {
  too_short: `Use at least ${MIN_PASSWORD_CHARACTERS} characters.`,
  too_long: `Use at most ${MAX_PASSWORD_CHARACTERS} characters.`,
  common: "This password is easy to guess. A few unrelated words make a good one.",
  personal: "This password contains your name or email address. Choose something else.",
  breached: "This password was found in a data breach, yours or somebody else's. Choose another.",
};

/** Why a new password is refused without asking anybody (breached.ts asks); null where it is fine. */
export function passwordProblem(
  password: string,
  person: { name: string; email: string },
): PasswordProblem | null {
  const text = password.normalize("NFKC");
  if (!isWellFormed(password) || characters(text) < MIN_PASSWORD_CHARACTERS) return "too_short";
  if (characters(text) > MAX_PASSWORD_CHARACTERS) return "too_long";
  const lower = text.toLowerCase();
  if (isGuessable(lower)) return "common";
  return isPersonal(lower.replace(/[\s._-]+/g, ""), person) ? "personal" : null;
}

function isGuessable(text: string): boolean {
  const plain = text.replace(/[\s._-]+/g, "");
  if (/^\d+$/.test(plain) && plain.length < DIGITS_ONLY_UNTIL) return true;
  if (new Set(text).size <= 3 && text.length < FEW_CHARACTERS_UNTIL) return true;
  // Said twice, a text is no harder to guess than once.
  const unit = repeatedUnit(text);
  if (unit !== text) return unit.length < MIN_PASSWORD_CHARACTERS || isGuessable(unit);
  const letters = plain.replace(/\P{L}/gu, "");
  const interleaved = isWalked(letters) && isWalked(plain.replace(/\p{L}/gu, ""));
  return isWalked(plain) || (letters.length >= 4 && interleaved) || isWordy(plain);
}

/** The shortest text that, repeated, makes this one. */
function repeatedUnit(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

/** True where all of it is steps along keyboard rows, digits or the alphabet: `1qaz2wsx`, `abcd1234`. */
function isWalked(text: string): boolean {
  for (let at = 0; at < text.length;) {
    let step = 0;
    for (let end = at + SHORTEST_STEP; end <= text.length; end++) {
      if (!WALKS.some((walk) => walk.includes(text.slice(at, end)))) break;
      step = end - at;
    }
    if (step === 0) return text.length - at < SHORTEST_STEP && at >= 6;
    at += step;
  }
  return true;
}

/** True for one or two common words, alone or with a little around them. */
function isWordy(plain: string): boolean {
  return [plain, unleet(plain)].some((text) => {
    // Both ways: "3" may be a letter in "l3tmein" and a digit behind "monkey123".
    const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    const stripped = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    return [bare, stripped, unleet(stripped)].some(
      (core) => isCommonCore(core) && plain.length - core.length <= DECORATION,
    );
  });
}

function isCommonCore(core: string): boolean {
  if (core === APP_NAME || COMMON_WORDS.has(core) || COMMON_WORDS.has(core.replace(/s$/, ""))) {
    return true;
  }
  if (core.length > 14) return false;
  for (let i = 2; i <= core.length - 2; i++) {
    const [left, right] = [core.slice(0, i), core.slice(i)];
    if (isWord(left) && isWord(right)) return true;
  }
  return core.length >= 6 && isWalked(core);
}

const isWord = (text: string): boolean =>
  text === APP_NAME ||
  COMMON_WORDS.has(text) ||
  (text.length > 3 && COMMON_WORDS.has(text.replace(/s$/, "")));

const unleet = (text: string): string => [...text].map((c) => LEET[c] ?? c).join("");

function isPersonal(plain: string, { name, email }: { name: string; email: string }): boolean {
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  const words = name.normalize("NFKC").toLowerCase();
  const parts = [
    ...words.split(/[^\p{L}\p{N}]+/u),
    words.replace(/[^\p{L}\p{N}]+/gu, ""),
    local.replace(/[^a-z0-9]/g, ""),
    domain.replace(/\.[a-z]+$/, "").replace(/[^a-z0-9]/g, ""),
    email.toLowerCase().replace(/[\s._-]+/g, ""),
  ];
  return parts.some((part) => {
    if (part.length < SHORTEST_PERSONAL_PART) return false;
    return [plain, unleet(plain)].some(
      (text) => text.includes(part) && text.length - part.length <= DECORATION,
    );
  });
}
