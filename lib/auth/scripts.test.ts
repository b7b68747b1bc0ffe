import { expect, test } from "vitest";
import { mixesScripts } from "./scripts";

test("every character that this engine knows belongs to one script at the least", () => {
  const strangers: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (/[\p{Cn}\p{Cs}\p{Co}]/u.test(character)) continue;
    if (mixesScripts(character)) strangers.push(code.toString(16));
  }
  expect(strangers).toEqual([]);
});

test.each([
  ["Latin and Cyrillic", "\u0430dmin"],
  ["Cyrillic and Latin", "\u0410\u043dn\u0430"],
  ["Latin and Greek", "\u03bfscar"],
  ["Latin and Greek", "adm\u03b9n"],
  ["Latin and Cherokee", "\u13aada"],
  ["Latin and Armenian", "\u0570ana"],
  ["Latin and Hebrew", "noa \u05d5"],
  ["Cyrillic and Han", "\u0418\u0432\u0430\u043d \u5c71"],
  ["Hiragana and Hangul", "\u3042\uae40"],
  ["Bopomofo and Hangul", "\u3105\uae40"],
  ["Arabic and Hebrew", "\u0645\u05de"],
  ["Devanagari and Bengali", "\u0930\u09ac"],
  ["Cyrillic and what only Japanese shares", "\u0418\u0432\u0430\u043d\u30fc"],
  ["Latin and what only Indic scripts share", "Ada\u0964"],
  ["two words, each of one", "Ada \u0421\u043c\u0438\u0442"],
  ["a Cyrillic letter with a mark", "No\u0451l"],
])("%s are a mixture", (_, text) => {
  expect(mixesScripts(text)).toBe(true);
});
