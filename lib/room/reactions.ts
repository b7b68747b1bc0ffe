import type { Message } from "../protocol/values";
import type { FrameOf } from "./state";

type Reactions = NonNullable<Message["reactions"]>;

/** A message is one stored value of bounded size, its reactions included. */
const MAX_KINDS = 20;
const MAX_PEOPLE_PER_KIND = 200;

/** Pictographs, flags and keycaps, and nothing that a record could mistake for a name of its own. */
const EMOJI =
  /^(?=.*(\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3))[\p{Emoji}\p{Emoji_Component}\u200d\ufe0f\u20e3]+$/u;

/** The reactions after one person's wish, or null where it cannot be granted. Repeating it changes nothing. */
export function changeReaction(
  reactions: Reactions = {},
  { emoji, on }: Pick<FrameOf<"chat.react">, "emoji" | "on">,
  user: string,
): Reactions | null {
  if (!EMOJI.test(emoji)) return null;
  const others = (reactions[emoji] ?? []).filter((id) => id !== user);
  const { [emoji]: old, ...rest } = reactions;
  if (!on) return others.length > 0 ? { ...reactions, [emoji]: others } : rest;
  if (old?.includes(user)) return reactions;
  if (others.length >= MAX_PEOPLE_PER_KIND) return null;
  if (!old && Object.keys(rest).length >= MAX_KINDS) return null;
  return { ...reactions, [emoji]: [...others, user] };
}
