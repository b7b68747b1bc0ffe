import * as v from "valibot";
import {
  MAX_CLIENT_ID_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_PICTURE_CHARACTERS,
  MAX_REASON_CHARACTERS,
  ROOM_ID_PATTERN,
} from "./limits";
import { characters, isBlank, isWellFormed } from "./text";

/** The small schemas that frames and claims are made of. Types are inferred from them. */

export const ROLES = ["reader", "member", "moderator", "owner"] as const;
export const Role = v.picklist(ROLES);
export type Role = v.InferOutput<typeof Role>;

export const Status = v.picklist(["active", "away", "offline"]);
export type Status = v.InferOutput<typeof Status>;

export const RoomId = v.pipe(v.string(), v.regex(ROOM_ID_PATTERN));

/** Ids that the app or the party makes: printable ASCII without spaces. */
export const Id = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,64}$/));

/** Ids that a client makes for what it sends; unique per person. */
export const ClientId = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_CLIENT_ID_CHARACTERS),
  v.check(isWellFormed),
);

/** A message's place in its room: 1, 2, 3 … without holes. */
export const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A change's place in its room: 1, 2, 3 …, one for each edit, deletion and reaction. */
export const Rev = Seq;
export const Epoch = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,32}$/));
/** Milliseconds. */
export const Millis = v.pipe(v.number(), v.finite(), v.minValue(0));

export const PersonName = v.pipe(
  v.string(),
  v.maxLength(MAX_NAME_CHARACTERS * 2),
  v.check((name) => characters(name) <= MAX_NAME_CHARACTERS),
  v.check((name) => !isBlank(name) && isWellFormed(name) && !/\p{Cc}/u.test(name)),
);
export const Picture = v.pipe(
  v.string(),
  v.maxLength(MAX_PICTURE_CHARACTERS),
  v.regex(/^https:\/\/[\x21-\x7e]+$/),
);

/** Why a moderator did something, in their own words; plain text of one line. */
export const Reason = v.pipe(
  v.string(),
  v.maxLength(MAX_REASON_CHARACTERS),
  v.check((text) => isWellFormed(text) && !/\p{Cc}/u.test(text)),
);

export const UserRef = v.object({ id: Id, name: PersonName, picture: v.optional(Picture) });
export type UserRef = v.InferOutput<typeof UserRef>;

export const PresentUser = v.object({
  ...UserRef.entries,
  role: Role,
  status: Status,
  connections: v.number(),
  /** Milliseconds since the Unix epoch, party's clock. */
  lastSeen: v.number(),
});
export type PresentUser = v.InferOutput<typeof PresentUser>;

export const Reactions = v.record(v.string(), v.array(Id));

export const Message = v.object({
  seq: Seq,
  id: ClientId,
  user: UserRef,
  text: v.string(),
  /** Milliseconds since the Unix epoch, party's clock. */
  ts: v.number(),
  replyTo: v.optional(Seq),
  /** Who is mentioned, as the room knew people when it was said or edited; missing for nobody. */
  mentions: v.optional(v.array(Id)),
  editedAt: v.optional(v.number()),
  deleted: v.optional(v.boolean()),
  /** Who deleted it: its author or a moderator. Missing where it was deleted before this was kept. */
  deletedBy: v.optional(Id),
  /** Why, in a moderator's words: told to its author and to those who moderate. */
  deletedReason: v.optional(Reason),
  reactions: v.optional(Reactions),
});
export type Message = v.InferOutput<typeof Message>;

/** What the room's owners and moderators have set, sent in `welcome` and with each change. */
export const RoomSettings = {
  /** Seconds between two messages of one person; 0: no wait. Moderators need not wait. */
  slowSeconds: v.optional(v.number()),
  /** Read-only. */
  archived: v.optional(v.boolean()),
  /** Messages older than this are dropped; null: never. */
  retentionDays: v.optional(v.nullable(v.number())),
};

/** The limits that a client needs to know, sent in `welcome`. */
export const Limits = v.object({
  textCharacters: v.number(),
  frameBytes: v.number(),
  messagesPerSecond: v.number(),
  messagesBurst: v.number(),
  messagesPerMinute: v.number(),
  historyPage: v.number(),
});
export type Limits = v.InferOutput<typeof Limits>;
