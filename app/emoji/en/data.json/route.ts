import data from "emojibase-data/en/data.json";
import { emojiAnswer } from "@/lib/emoji/answer";

export const dynamic = "force-static";

/** With its neighbour what an emoji picker asks for (emojibase's layout: `<base>/<locale>/data.json`). */
export const GET = () => emojiAnswer(data);
