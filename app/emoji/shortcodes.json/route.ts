import data from "emojibase-data/en/data.json";
import names from "emojibase-data/en/shortcodes/cldr.json";
import aliases from "emojibase-data/en/shortcodes/emojibase.json";
import { emojiAnswer } from "@/lib/emoji/answer";
import { shortcodesOf } from "@/lib/emoji/shortcodes";

export const dynamic = "force-static";

export const GET = () => emojiAnswer(shortcodesOf(data, names, aliases));
