import type { Visibility } from "../accounts/port";
import { normaliseText } from "../auth/name";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { Refusal } from "./errors";

export const MAX_ROOM_NAME_CHARACTERS = 64;
export const MAX_TOPIC_CHARACTERS = 200;

/** Ids of rooms between two people begin with this. */
export const DIRECT_PREFIX = "dm-";

export const isVisibility = (value: unknown): value is Visibility =>
  value === "public" || value === "private" || value === "invite";

export interface NewRoom {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
}

/** The fields of a new room. @throws Refusal `bad_request` with a sentence per wrong field */
export function readNewRoom(given: Record<string, unknown>): NewRoom {
  const { id, visibility } = given;
  const name = normaliseText(given.name, MAX_ROOM_NAME_CHARACTERS);
  const hasTopic = given.topic !== undefined && given.topic !== null && given.topic !== "";
  const topic = hasTopic ? normaliseText(given.topic, MAX_TOPIC_CHARACTERS) : null;
  const fields: Record<string, string> = {};
  if (typeof id !== "string" || !ROOM_ID_PATTERN.test(id)) {
    fields.id = "Use 1 to 64 small letters, digits and hyphens; no hyphen first.";
  } else if (id.startsWith(DIRECT_PREFIX)) {
    fields.id = `Names that begin with ${DIRECT_PREFIX} are for direct messages.`;
  }
  if (!name) fields.name = `Enter a name of 1 to ${MAX_ROOM_NAME_CHARACTERS} characters.`;
  if (hasTopic && !topic) fields.topic = `Use at most ${MAX_TOPIC_CHARACTERS} characters.`;
  if (!isVisibility(visibility)) fields.visibility = "Choose public, invite-only or private.";
  if (Object.keys(fields).length > 0 || !name) throw new Refusal("bad_request", { fields });
  return { id: id as string, name, topic, visibility: visibility as Visibility };
}
