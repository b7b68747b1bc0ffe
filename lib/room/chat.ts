import { MAX_TEXT_CHARACTERS } from "../protocol/limits";
import { characters, isBlank } from "../protocol/text";
import type { ErrorCode } from "../protocol/codes";
import type { Message, UserRef } from "../protocol/values";
import { audit, tellModerators, tellPerson, type Deed } from "./audit";
import type { Draft } from "./draft";
import type { Doer } from "./events";
import { inForce } from "./entry";
import { noteChange } from "./history";
import { keys } from "./keys";
import { mark, mentions, mentionsField } from "./mentions";
import { may, maySpeak } from "./permissions";
import { stopTyping } from "./presence";
import { changeReaction } from "./reactions";
import { take } from "./rate";
import type { FrameOf, Person } from "./state";

/** Where a message id of a person was stored: the answer to every repetition. */
export interface Sent {
  seq: number;
  ts: number;
}

/** One change of a message, as it was acknowledged. */
export interface Done {
  user: string;
  id: string;
  ts: number;
}
/** How many a message remembers: far more than can be under way to it at once. */
const MAX_DONE = 32;

export type ChatFrame =
  FrameOf<"chat.send"> | FrameOf<"chat.edit"> | FrameOf<"chat.delete"> | FrameOf<"chat.react">;
type Speaker = { connection: string; person: Person };

/** Handles one chat frame of somebody who is authorised. */
export function chat(draft: Draft, { connection, person }: Speaker, frame: ChatFrame): void {
  if (!maySpeak(person.role)) return draft.refuse(connection, "forbidden", frame.id);
  if (frame.type === "chat.send") {
    // The first answer is the answer, whatever has changed since: mute, limits, the text.
    const sent = draft.stored<Sent>(keys.sent(draft.epoch, person.user.id, frame.id));
    if (sent) return ack(draft, connection, frame.id, sent.seq, sent.ts);
  } else {
    const done = changesOf(draft, frame.seq).find(isOf(person, frame));
    if (done) return ack(draft, connection, frame.id, frame.seq, done.ts);
  }
  if (refuseMuted(draft, connection, person, frame.id)) return;
  const problem = objectionTo(draft, person, frame);
  if (problem) return draft.refuse(connection, problem, frame.id);
  const wait = slowWait(draft, person, frame) ?? takeMessage(draft, connection, person);
  if (wait !== null) return draft.refuse(connection, "rate_limited", frame.id, wait);
  change(draft, { connection, person }, frame);
}

/** Tells somebody muted until when and why; false where they may speak. */
export function refuseMuted(
  draft: Draft,
  connection: string,
  { user }: Person,
  frame?: string,
): boolean {
  const mute = inForce(draft, keys.mute(user.id));
  if (!mute) return false;
  const { reason, until } = mute;
  const wait = until === null ? undefined : until - draft.now;
  draft.refuse(connection, "muted", frame, wait, { reason, until: until ?? undefined });
  return true;
}

function objectionTo(draft: Draft, person: Person, frame: ChatFrame): ErrorCode | null {
  if (frame.type === "chat.send") {
    if (frame.replyTo !== undefined && frame.replyTo > draft.seq) return "not_found";
    return textProblem(frame.text);
  }
  const message = storedMessage(draft, frame.seq);
  if (!message) return "not_found";
  const own = message.user.id === person.user.id;
  if (frame.type === "chat.delete")
    return own || may(person.role, "delete_any") ? null : "forbidden";
  if (frame.type === "chat.edit" && !own) return "forbidden";
  if (message.deleted) return "not_found";
  if (frame.type === "chat.edit") return textProblem(frame.text);
  return changeReaction(message.reactions, frame, person.user.id) ? null : "conflict";
}

/** How long this person has to wait where the room is slow; who moderates need not. */
function slowWait(draft: Draft, { user, role }: Person, frame: ChatFrame): number | null {
  const { slowSeconds } = draft.rules;
  if (frame.type !== "chat.send" || slowSeconds === 0 || may(role, "slow")) return null;
  const next = (draft.stored<number>(keys.spoke(user.id)) ?? -Infinity) + slowSeconds * 1000;
  return draft.now < next ? next - draft.now : null;
}

/** No connection has such an id. */
const personBucket = ({ user }: Person): string => `person ${user.id}`;

/** One look at both limits; nothing is taken from either unless both allow it. */
function takeMessage(draft: Draft, connection: string, person: Person): number | null {
  const { messagesPerMinute, messagesPerSecond } = draft.config;
  const perPerson = { perSecond: messagesPerMinute / 60, burst: messagesPerMinute };
  const taken = take(draft.bucket(personBucket(person)), perPerson, draft.now);
  if (!taken.ok) return taken.retryAfterMs;
  const perConnection = { perSecond: messagesPerSecond, burst: messagesPerSecond * 2 };
  const wait = draft.take(connection, "messages", perConnection);
  if (wait === null) draft.keepBucket(personBucket(person), taken.bucket);
  return wait;
}

function change(draft: Draft, { connection, person }: Speaker, frame: ChatFrame): void {
  if (frame.type === "chat.send") {
    stopTyping(draft, person.user.id);
    const message = store(draft, person.user, frame);
    if (draft.rules.slowSeconds > 0) draft.put.set(keys.spoke(person.user.id), draft.now);
    ackSaid(draft, connection, message);
    return draft.broadcast([{ type: "chat.message", ...message }]);
  }
  const message = storedMessage(draft, frame.seq) as Message;
  const { seq } = message;
  ack(draft, connection, frame.id, seq, draft.now);
  const now: Done = { user: person.user.id, id: frame.id, ts: draft.now };
  const done = [...changesOf(draft, seq), now].slice(-MAX_DONE);
  draft.put.set(keys.done(draft.epoch, seq), done);
  const put = (next: Message): number => {
    draft.put.set(keys.message(draft.epoch, seq), next);
    return noteChange(draft, seq);
  };
  switch (frame.type) {
    case "chat.edit": {
      const { mentions: before, ...rest } = message;
      const ids = mentions(draft, frame.text, person.user.id);
      mark(draft, seq, ids, before);
      const edit = { text: frame.text.trim(), editedAt: draft.now, ...mentionsField(ids) };
      const rev = put({ ...rest, ...edit });
      return draft.broadcast([{ type: "chat.updated", seq, ...edit, rev }]);
    }
    case "chat.delete":
      if (!message.deleted) takeAway(draft, person.user, message, frame.reason);
      return;
    case "chat.react": {
      const reactions = changeReaction(message.reactions, frame, person.user.id) ?? {};
      const rev = put({ ...message, reactions });
      return draft.broadcast([{ type: "chat.reactions", seq, reactions, rev }]);
    }
  }
}

/**
 * Leaves a mark where a message was. Where it was somebody else's, its author and those who
 * moderate hear why, and the log keeps it; whoever deletes their own words gives no account of it.
 */
export function takeAway(draft: Draft, by: Doer, message: Message, reason?: string): void {
  const { seq, id, user, ts } = message;
  const own = by.id === user.id;
  mark(draft, seq, [], message.mentions);
  draft.put.set(keys.message(draft.epoch, seq), {
    ...{ seq, id, user, ts, text: "", deleted: true, deletedBy: by.id },
    ...(reason && !own && { deletedReason: reason }),
  } satisfies Message);
  draft.broadcast([{ type: "chat.deleted", seq, by: by.id, rev: noteChange(draft, seq) }]);
  if (own) return;
  const deed: Deed = {
    action: "delete",
    by: { id: by.id, name: by.name },
    user: { id: user.id, name: user.name },
    seq,
    reason,
  };
  audit(draft, deed);
  tellPerson(draft, user.id, deed);
  tellModerators(draft, deed, user.id);
}

/** Gives a message the next place in the room, together with the memory of its id. */
export function store(
  draft: Draft,
  user: UserRef,
  { id, text, replyTo }: { id: string; text: string; replyTo?: number | undefined },
): Message {
  const seq = ++draft.seq;
  const mentioned = mentions(draft, text, user.id);
  if (mentioned.length > 0) mark(draft, seq, mentioned);
  const message: Message = {
    seq,
    id,
    user,
    text: text.trim(),
    ts: draft.now,
    ...(replyTo !== undefined && { replyTo }),
    ...mentionsField(mentioned),
  };
  draft.put.set(keys.message(draft.epoch, seq), message);
  draft.put.set(keys.sent(draft.epoch, user.id, id), { seq, ts: message.ts } satisfies Sent);
  if (draft.rules.retentionDays !== null) draft.sweepAt ??= draft.now;
  draft.effects.push({ type: "count", what: "messages" });
  return message;
}

export function textProblem(text: string): "empty_message" | "too_large" | null {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return "empty_message";
  return characters(trimmed) > MAX_TEXT_CHARACTERS ? "too_large" : null;
}

export function ack(draft: Draft, to: string, id: string, seq: number, ts: number): void {
  draft.send(to, { type: "ack", id, seq, ts });
}

/** Its author knows a message by its id, whether they hear first that it is stored or how it is told. */
function ackSaid({ effects }: Draft, to: string, { id, seq, ts }: Message): void {
  effects.push({ type: "send", to: [to], frames: [{ type: "ack", id, seq, ts }], late: true });
}

const changesOf = (draft: Draft, seq: number): readonly Done[] =>
  draft.stored<Done[]>(keys.done(draft.epoch, seq)) ?? [];

const isOf =
  ({ user }: Person, frame: ChatFrame) =>
  (done: Done): boolean =>
    done.user === user.id && done.id === frame.id;

const storedMessage = (draft: Draft, seq: number) =>
  draft.stored<Message>(keys.message(draft.epoch, seq));
