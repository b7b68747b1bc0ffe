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
  Role,
  RoomId,
  Seq,
  UserRef,
} from "./values";

/**
 * What the party says to a client. A server message is one of these or an array of them,
 * to be applied in order. Unknown fields are dropped, unknown types are ignored by clients.
 */

const Welcome = v.object({
  type: v.literal("welcome"),
  protocol: v.literal(PROTOCOL_VERSION),
  connection: v.string(),
  user: UserRef,
  role: Role,
  room: v.object({ id: RoomId, name: v.optional(v.string()) }),
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
});

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
  }),
  v.object({ type: v.literal("drain"), retryInMs: Millis }),
  v.object({ type: v.literal("pong"), id: v.optional(ClientId) }),
]);
export type ServerFrame = v.InferOutput<typeof ServerFrame>;
export type ServerFrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
