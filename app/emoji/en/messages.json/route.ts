import messages from "emojibase-data/en/messages.json";
import { emojiAnswer } from "@/lib/emoji/answer";

export const dynamic = "force-static";

export const GET = () => emojiAnswer(messages);
