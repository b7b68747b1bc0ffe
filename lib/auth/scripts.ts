/** Values of the Unicode property Script (17.0) but Common and Inherited; engines may know fewer. */
const SCRIPTS = `
Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali
Beria_Erfe Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian
Caucasian_Albanian Chakma Cham Cherokee Chorasmian Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic
Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay
Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul
Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inscriptional_Pahlavi
Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu
Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin
Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani
Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham
Ol_Chiki Ol_Onal Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian
Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau
Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham
Sidetic SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar Syloti_Nagri Syriac
Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takri Tamil Tangsa Tangut Telugu Thaana Thai
Tibetan Tifinagh Tirhuta Todhri Tolong_Siki Toto Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho
Warang_Citi Yezidi Yi Zanabazar_Square`;

/** What East Asian writing mixes, Latin among it (UTS 39 section 5.2, "highly restrictive"). */
const TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

/** Texts of these scripts alone, beside signs, digits and marks that every script shares. */
function textsOf(scripts: string[]): RegExp[] {
  const classes = ["Common", "Inherited", ...scripts].map((name) => `\\p{scx=${name}}`);
  try {
    return [new RegExp(`^[${classes.join("")}]*$`, "u")];
  } catch {
    // A script that is newer than this engine: it has no characters here, and name.ts takes them out.
    return [];
  }
}
const WHOLE = [
  ...TOGETHER,
  ...SCRIPTS.trim()
    .split(/\s+/)
    .map((name) => [name]),
].flatMap(textsOf);

/**
 * True where a text mixes scripts as no writing does (UTS 39 section 5.2, beyond "highly
 * restrictive"): U+0430 of Cyrillic in a Latin word. By Script_Extensions, so what several scripts share
 * (a danda, the long-vowel mark, a combining accent) belongs to each of them. Pure.
 */
export const mixesScripts = (text: string): boolean => !WHOLE.some((whole) => whole.test(text));

/** What parts words: everything but letters, marks, digits and the joiners that stand within them. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}\p{Cf}]+/u;

/**
 * True where one word of a text mixes scripts. For texts whose words may well be of several, as in
 * "Клуб JavaScript". Pure.
 */
export const mixesScriptsInWords = (text: string): boolean =>
  text.split(BETWEEN_WORDS).some(mixesScripts);
