import {
  characters,
  isBlank,
  isOverFrameLimit,
  MAX_FRAME_BYTES,
  MAX_TEXT_CHARACTERS,
  type ClientFrame,
  type Limits,
} from "../protocol";

/** As the room will store it. What UTF-8 cannot carry would be refused there. */
export const outgoing = (text: string): string => text.trim().replace(/\p{Surrogate}/gu, "\ufffd");

/** Why a text would be refused by the room, or null. `frame` is what carries it there. */
export function textProblem(
  text: string,
  frame: ClientFrame,
  limits: Limits | null,
): "empty" | "too_long" | null {
  if (isBlank(text)) return "empty";
  const tooLong =
    characters(text) > (limits?.textCharacters ?? MAX_TEXT_CHARACTERS) ||
    isOverFrameLimit(JSON.stringify(frame), limits?.frameBytes ?? MAX_FRAME_BYTES);
  return tooLong ? "too_long" : null;
}
