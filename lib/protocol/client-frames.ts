import * as v from "valibot";
import {
  MAX_EMOJI_CHARACTERS,
  MAX_HISTORY_LIMIT,
  MAX_SANCTION_SECONDS,
  MAX_SLOW_SECONDS,
} from "./limits";
import { isWellFormed } from "./text";
import { ClientId, Id, Reason, Seq } from "./values";

/** What a client may say to the party: one object per frame, told apart by `type`. */

const reason = v.optional(Reason);
const moderation = { id: ClientId, user: Id, reason };
const Seconds = v.optional(
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_SANCTION_SECONDS)),
);
/** Length is judged by the room, which answers `empty_message` and `too_large`. */
const Text = v.pipe(v.string(), v.check(isWellFormed));

const FRAMES = [
  v.object({
    type: v.literal("chat.send"),
    id: ClientId,
    text: Text,
    replyTo: v.optional(v.pipe(Seq, v.minValue(1))),
  }),
  v.object({
    type: v.literal("auth.refresh"),
    id: ClientId,
    token: v.pipe(v.string(), v.minLength(1)),
  }),
  v.object({ type: v.literal("chat.edit"), id: ClientId, seq: Seq, text: Text }),
  v.object({ type: v.literal("chat.delete"), id: ClientId, seq: Seq, reason }),
  v.object({
    type: v.literal("chat.react"),
    id: ClientId,
    seq: Seq,
    emoji: v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(MAX_EMOJI_CHARACTERS),
      v.check(isWellFormed),
    ),
    on: v.boolean(),
  }),
  v.object({ type: v.literal("chat.report"), id: ClientId, seq: Seq, reason }),
  v.object({ type: v.literal("typing.set"), on: v.boolean() }),
  v.object({ type: v.literal("presence.set"), status: v.picklist(["active", "away"]) }),
  v.object({ type: v.literal("read.set"), seq: Seq }),
  v.object({
    type: v.literal("history.get"),
    id: ClientId,
    before: v.optional(Seq),
    after: v.optional(Seq),
    limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_HISTORY_LIMIT)),
  }),
  v.object({ type: v.literal("mod.kick"), ...moderation, seconds: Seconds }),
  v.object({ type: v.literal("mod.ban"), ...moderation, seconds: Seconds }),
  v.object({ type: v.literal("mod.unban"), ...moderation }),
  v.object({ type: v.literal("mod.mute"), ...moderation, seconds: Seconds }),
  v.object({ type: v.literal("mod.unmute"), ...moderation }),
  /** What holds against somebody: answered by `mod.held`, to those who moderate. */
  v.object({ type: v.literal("mod.get"), id: ClientId, user: Id }),
  v.object({
    type: v.literal("mod.slow"),
    id: ClientId,
    seconds: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_SLOW_SECONDS)),
    reason,
  }),
  v.object({ type: v.literal("mod.clear"), id: ClientId, reason }),
  v.object({ type: v.literal("ping"), id: v.optional(ClientId) }),
] as const;
export const ClientFrame = v.variant("type", FRAMES);

const BY_TYPE = new Map<unknown, (typeof FRAMES)[number]>(
  FRAMES.map((frame) => [frame.entries.type.literal, frame]),
);

/** What a frame of this type must be: one look, where `ClientFrame` would try all one after another. */
export const clientFrameOf = (type: unknown): v.GenericSchema<unknown, ClientFrame> =>
  BY_TYPE.get(type) ?? ClientFrame;

export type ClientFrame = v.InferOutput<typeof ClientFrame>;
export type ClientFrameOf<T extends ClientFrame["type"]> = Extract<ClientFrame, { type: T }>;
