import type { Visibility } from "../accounts/port";
import { normaliseText } from "../auth/name";
import { mixesScriptsInWords } from "../auth/scripts";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { Refusal } from "./errors";

export const MAX_ROOM_NAME_CHARACTERS = 64;
export const MAX_TOPIC_CHARACTERS = 200;

/** Ids of rooms between two people begin with this. */
export const DIRECT_PREFIX = "dm-";

export const isVisibility = (value: unknown): value is Visibility =>
  value === "public" || value === "private" || value === "invite";

/**
 * A name that somebody chooses for a room, in its stored form, or why it is refused. Unlike a
 * person's it may have words of several alphabets, and one word is of one.
 */
export function chosenRoomName(given: unknown): { name: string } | { problem: string } {
  const name = normaliseText(given, MAX_ROOM_NAME_CHARACTERS);
  if (name === null) {
    return { problem: `Enter a name of 1 to ${MAX_ROOM_NAME_CHARACTERS} characters.` };
  }
  if (!mixesScriptsInWords(name)) return { name };
  return {
    problem: "A word of this name mixes letters of different alphabets. Write each in one.",
  };
}

export interface NewRoom {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
}

/** The fields of a new room. @throws Refusal `bad_request` with a sentence per wrong field */
export function readNewRoom(given: Record<string, unknown>): NewRoom {
  const { id, visibility } = given;
  const chosen = chosenRoomName(given.name);
  const hasTopic = given.topic !== undefined && given.topic !== null && given.topic !== "";
  const topic = hasTopic ? normaliseText(given.topic, MAX_TOPIC_CHARACTERS) : null;
  const fields: Record<string, string> = {};
  if (typeof id !== "string" || !ROOM_ID_PATTERN.test(id)) {
    fields.id = "Use 1 to 64 small letters, digits and hyphens; no hyphen first.";
  } else if (id.startsWith(DIRECT_PREFIX)) {
    fields.id = `Names that begin with ${DIRECT_PREFIX} are for direct messages.`;
  }
  if ("problem" in chosen) fields.name = chosen.problem;
  if (hasTopic && !topic) fields.topic = `Use at most ${MAX_TOPIC_CHARACTERS} characters.`;
  if (!isVisibility(visibility)) fields.visibility = "Choose public, invite-only or private.";
  if (Object.keys(fields).length > 0 || "problem" in chosen) {
    throw new Refusal("bad_request", { fields });
  }
  return { id: id as string, name: chosen.name, topic, visibility: visibility as Visibility };
}
