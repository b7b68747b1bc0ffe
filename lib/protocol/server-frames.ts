import * as v from "valibot";
import { ERROR_CODES } from "./codes";
import { PROTOCOL_VERSION } from "./limits";
import {
  ClientId,
  Epoch,
  Id,
  Limits,
  Message,
  Millis,
  PresentUser,
  Reactions,
  Rev,
  Reason,
  Role,
  RoomId,
  RoomSettings,
  Seq,
  UserRef,
} from "./values";

/**
 * What the party says to a client. A server message is one of these or an array of them,
 * to be applied in order. Unknown fields are dropped, unknown types are ignored by clients.
 */

/** Without `until` for good. */
const Mute = v.object({ until: v.optional(v.number()), reason: v.optional(Reason) });

const Welcome = v.object({
  type: v.literal("welcome"),
  protocol: v.literal(PROTOCOL_VERSION),
  connection: v.string(),
  user: UserRef,
  role: Role,
  room: v.object({ id: RoomId, name: v.optional(v.string()), ...RoomSettings }),
  epoch: Epoch,
  /** The newest sequence number of the room. */
  seq: Seq,
  /** How many changes (edits, deletions, reactions) the history has seen. */
  rev: v.optional(Rev),
  /** True: `messages` is exactly what was missed. False: `messages` is a fresh page. */
  recovered: v.boolean(),
  leaseMs: Millis,
  refreshInMs: Millis,
  graceMs: Millis,
  /** Milliseconds since the Unix epoch; for display only, deadlines are relative. */
  serverTime: v.number(),
  limits: Limits,
  presence: v.array(PresentUser),
  messages: v.array(Message),
  /** With `recovered`: older messages that were changed after the `rev` of the dial. */
  changed: v.optional(v.array(Message)),
  readSeq: Seq,
  /** Missing where this person may speak. */
  muted: v.optional(Mute),
});

export const MOD_ACTIONS = [
  "kick",
  "ban",
  "unban",
  "mute",
  "unmute",
  "delete",
  "slow",
  "clear",
  "report",
] as const;
const Name = v.object({ id: Id, name: v.optional(v.string()) });

export const ServerFrame = v.variant("type", [
  Welcome,
  v.object({ type: v.literal("auth.expiring"), inMs: Millis }),
  v.object({ type: v.literal("auth.expired"), graceMs: Millis }),
  v.object({
    type: v.literal("auth.refreshed"),
    id: ClientId,
    leaseMs: Millis,
    refreshInMs: Millis,
    role: Role,
  }),
  v.object({ type: v.literal("auth.updated"), role: Role }),
  v.object({ type: v.literal("auth.revoked"), reason: v.string() }),
  v.object({ type: v.literal("presence.sync"), users: v.array(PresentUser) }),
  v.object({
    type: v.literal("presence.diff"),
    joined: v.array(PresentUser),
    left: v.array(Id),
    updated: v.array(PresentUser),
  }),
  v.object({ type: v.literal("typing"), users: v.array(v.object({ id: Id, name: v.string() })) }),
  v.object({ type: v.literal("ack"), id: ClientId, seq: Seq, ts: v.number() }),
  v.object({ type: v.literal("chat.message"), ...Message.entries }),
  v.object({
    type: v.literal("chat.updated"),
    seq: Seq,
    text: v.string(),
    editedAt: v.number(),
    /** As in a message; missing where it mentions nobody now. */
    mentions: v.optional(v.array(Id)),
    rev: v.optional(Rev),
  }),
  v.object({
    type: v.literal("chat.deleted"),
    seq: Seq,
    by: v.optional(Id),
    rev: v.optional(Rev),
  }),
  v.object({
    type: v.literal("chat.reactions"),
    seq: Seq,
    reactions: Reactions,
    rev: v.optional(Rev),
  }),
  v.object({
    type: v.literal("history"),
    id: v.optional(ClientId),
    epoch: Epoch,
    messages: v.array(Message),
    hasMore: v.boolean(),
    recovered: v.optional(v.boolean()),
    /** As in `welcome`; only in history that was not asked for. */
    rev: v.optional(Rev),
    changed: v.optional(v.array(Message)),
  }),
  v.object({
    type: v.literal("error"),
    id: v.optional(ClientId),
    code: v.picklist(ERROR_CODES),
    message: v.string(),
    retryable: v.boolean(),
    retryAfterMs: v.optional(Millis),
    /** A moderator's words, and until when it holds (milliseconds since the Unix epoch, for display). */
    reason: v.optional(Reason),
    until: v.optional(v.number()),
  }),
  v.object({
    type: v.literal("mod.notice"),
    action: v.picklist(MOD_ACTIONS),
    /** Whom it concerns, and who did it. */
    user: v.optional(Name),
    by: v.optional(Name),
    seq: v.optional(Seq),
    seconds: v.optional(v.number()),
    /** To the person concerned and to moderators; the others learn what happened, not why. */
    reason: v.optional(Reason),
    until: v.optional(v.number()),
  }),
  /** The answer to `mod.get`. */
  v.object({ type: v.literal("mod.held"), id: ClientId, user: Id, muted: v.optional(Mute) }),
  v.object({
    type: v.literal("room.updated"),
    name: v.optional(v.string()),
    topic: v.optional(v.nullable(v.string())),
    ...RoomSettings,
  }),
  v.object({ type: v.literal("drain"), retryInMs: Millis }),
  v.object({ type: v.literal("pong"), id: v.optional(ClientId) }),
]);
export type ServerFrame = v.InferOutput<typeof ServerFrame>;
export type ServerFrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
