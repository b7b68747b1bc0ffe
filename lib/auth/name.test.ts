import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { PersonName } from "../protocol/values";
import { chosenName, NAME_TEXT, nameFromProvider, normaliseName } from "./name";

test("spaces are single and the form is composed", () => {
  expect(normaliseName("  Ada \t\n Love\u0301lace ")).toBe(
    "Ada Lov\u00e9lace".replace("v\u00e9", "v\u00e9"),
  );
});

test("direction overrides and zero-width characters are taken out", () => {
  expect(normaliseName("ad\u202emin\u2066\u200b")).toBe("admin");
});

test.each(["", "   ", "\u200b\u2060", "\u3164", "x".repeat(65), "\ud800", null, 5])(
  "%j is no name",
  (given) => {
    expect(normaliseName(given)).toBeNull();
  },
);

test("marks stacked without end are cut to what an orthography uses", () => {
  expect(normaliseName(`a${"\u0335".repeat(50)}`)?.length).toBeLessThan(8);
});

test("whatever becomes a name, the token's schema takes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (given) => {
      const name = normaliseName(given);
      expect(name === null || v.is(PersonName, name)).toBe(true);
    }),
  );
});

test("a provider's person without a usable name gets the front of the address", () => {
  expect(nameFromProvider([null], "ada@example.com")).toBe("ada");
  expect(nameFromProvider(["x".repeat(100)], "ada@example.com")).toHaveLength(64);
});

test.each(["аdmin", "Ada Lοvelace", "Pаypal", "Иван Petrov", "ᎪᏓa", "Ada\u200d\u0430"])(
  "%j mixes alphabets, and is refused with a sentence",
  (given) => {
    expect(chosenName(given)).toEqual({ problem: "mixed" });
    expect(NAME_TEXT.mixed).toMatch(/alphabets.*one of them/);
  },
);

test.each([
  // Latin, with what it is written with.
  ...["Ada Lovelace", "O'Neill", "O’Neill", "Jean-Luc", "Zoë Brontë", "Nguyễn Thị Hương", "Łukasz"],
  ...["Þórdís Ægisdóttir", "İbrahim Şahin", "Əli Həsənov", "Kahanamoku Kaʻahumanu", "Gal·la Coll"],
  ...["Dr. Ada M. Smith, Jr.", "Ada_99", "R2-D2", "Ada (she/her)", "½ Ada №1 ™", "ᴀda", "Ａｄａ"],
  // One script, with its marks, joiners and digits.
  ...["Ђорђе Стојановић", "Наталія Ґалаґан", "Ёлкин №1", "Әсел Қасымова", "Коста Хетӕгкаты"],
  ...["Γιώργος Παπαδόπουλος", "Ὀδυσσεύς", "Արամ Խաչատրյան", "ნინო", "נועה כהן", "שָׁלוֹם", "ייִדיש"],
  ...["محمد عبد الله", "مُحَمَّد ٢", "علی‌رضا", "عائشہ", "ܐܦܪܝܡ", "ދިވެހި", "አበበ ቢቂላ", "ⵎⴰⵣⵉⵖ", "ߒߞߏ"],
  ...[
    "श्रीराम",
    "क्‍षितिज",
    "अनिल।",
    "অনির্বাণ চট্টোপাধ্যায়",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "ગાંધી",
    "ଓଡ଼ିଆ",
    "தமிழ்ச்செல்வி",
  ],
  ...["తెలుగు", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "สมชาย ใจดี", "ສົມພອນ", "ខ្មែរ", "မောင်မောင်", "བསྟན་འཛིན་"],
  ...["ᠮᠣᠩᠭᠣᠯ", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ꆈꌠ", "𞤀𞤣𞤤𞤢𞤥"],
  // What East Asia mixes.
  ...[
    "山田 太郎",
    "やまだ タロウ",
    "山田ヤマダ・Taro",
    "ﾔﾏﾀﾞ",
    "スーパー々",
    "김철수",
    "金철수 Kim",
    "王小明",
    "王ㄒㄧㄠ Wang",
  ],
  ...["维克多·雨果", "ジョン＝スミス"],
  // Emoji, flags, keycaps, families; signs alone.
  ...["Ada 💃🏽", "👩‍👩‍👧‍👦 Лев", "🇯🇵 花子", "1️⃣", "❤️ محمد", "*~*", "42"],
])("%s is a name", (given) => {
  expect(chosenName(given)).toEqual({ name: normaliseName(given) });
  expect(normaliseName(given)).not.toBeNull();
});

test("a name of one other alphabet is a name, whatever it looks like", () => {
  const lookAlike = "\u0430\u0501\u043c\u0456\u043f";
  expect(chosenName(lookAlike)).toEqual({ name: lookAlike });
});

test("a provider's person whose name mixes alphabets comes in, under another name of theirs", () => {
  expect(nameFromProvider(["Иван Petrov", "ipetrov"], "ivan@example.com")).toBe("ipetrov");
  expect(nameFromProvider(["Иван Petrov", undefined], "ivan@example.com")).toBe("ivan");
  expect(nameFromProvider(["Иван Петров", "ipetrov"], "ivan@example.com")).toBe("Иван Петров");
});
