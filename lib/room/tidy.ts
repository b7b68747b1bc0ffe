import type { Message } from "../protocol/values";
import type { Draft } from "./draft";
import type { PageRead } from "./events";
import { noteChange, withoutReason } from "./history";
import { keys, personPrefixes } from "./keys";
import { forget as forgetName, mark } from "./mentions";
import type { Forgetting, RoomState } from "./state";

/**
 * Work that is done bit by bit, one piece for each alarm, so that nobody waits for it and a process
 * that dies goes on where it was: dropping what is too old, and taking out who is gone.
 */
const PIECE_MESSAGES = 60;
/** Until the next piece: people come first. */
const BETWEEN_PIECES_MS = 250;
const DAY_MS = 86_400_000;

/** Whom messages are by once their author's account is gone. */
export const DELETED_PERSON = { id: "deleted-person", name: "Deleted person" } as const;

/** The messages that the next piece is about; undefined where there is nothing to do. */
export function tidyPage({ forgetting, sweepAt, floor, seq }: RoomState): PageRead | undefined {
  const job = forgetting[0];
  if (job) return { from: job.next, to: Math.min(job.to, job.next + PIECE_MESSAGES - 1) };
  if (sweepAt === undefined) return undefined;
  return { from: floor + 1, to: Math.min(seq, floor + PIECE_MESSAGES) };
}

/** When there is something to do next. */
export const tidyAt = ({ forgetting, sweepAt }: RoomState): number =>
  forgetting[0]?.at ?? sweepAt ?? Infinity;

/** When to look first, after what is kept has changed; undefined where nothing grows too old. */
export const sweepFrom = ({ rules, seq, floor, now }: Draft): number | undefined =>
  rules.retentionDays === null || seq === floor ? undefined : now;

export function tidy(draft: Draft): void {
  const job = draft.before.forgetting[0];
  if (job) return forgetSome(draft, job);
  if (draft.sweepAt !== undefined && draft.now >= draft.sweepAt) sweep(draft);
}

/**
 * Drops the oldest messages past the retention. `seq` goes on, and whoever resumes at what is gone
 * gets a fresh page.
 */
function sweep(draft: Draft): void {
  const keepMs = (draft.rules.retentionDays ?? Infinity) * DAY_MS;
  const page = draft.found.page;
  let dropped = 0;
  for (const { seq, ts, user, id, mentions } of page) {
    if (ts + keepMs > draft.now) break;
    const { epoch } = draft;
    draft.delete.add(keys.message(epoch, seq)).add(keys.done(epoch, seq));
    draft.delete.add(keys.sent(epoch, user.id, id));
    mark(draft, seq, [], mentions);
    draft.floor = seq;
    dropped++;
  }
  const oldest = page[dropped];
  if (oldest) draft.sweepAt = oldest.ts + keepMs;
  else draft.sweepAt = draft.floor < draft.seq ? draft.now + BETWEEN_PIECES_MS : undefined;
  // Numbers whose messages cannot be found would be asked for for ever.
  if (page.length === 0) draft.floor = Math.min(draft.seq, draft.floor + PIECE_MESSAGES);
}

/** Takes on to take a person out of the history as it is now; asked twice it is done once. */
export function forget(draft: Draft, user: string, how: Forgetting["how"]): void {
  const waits = draft.forgetting.some((job) => job.user === user && job.how === how);
  draft.dropPrefixes.push(...personPrefixes(draft.epoch, user));
  draft.delete.add(keys.read(draft.epoch, user)).add(keys.spoke(user));
  forgetName(draft, user);
  if (waits || draft.seq === draft.floor) return;
  const job = { user, how, next: draft.floor + 1, to: draft.seq, at: draft.now };
  draft.forgetting = [...draft.forgetting, job];
}

function forgetSome(draft: Draft, job: Forgetting): void {
  const end = Math.min(job.to, job.next + PIECE_MESSAGES - 1);
  const changed = draft.found.page.flatMap((message) => {
    const after = without(message, job);
    if (after === message) return [];
    draft.put.set(keys.message(draft.epoch, message.seq), after);
    draft.delete.add(keys.done(draft.epoch, message.seq));
    noteChange(draft, message.seq);
    return [after];
  });
  const at = draft.now + BETWEEN_PIECES_MS;
  const rest = draft.forgetting.slice(1);
  draft.forgetting = end < job.to ? [{ ...job, next: end + 1, at }, ...rest] : rest;
  if (changed.length === 0) return;
  const { epoch, rev } = draft;
  draft.broadcast([
    {
      ...{ type: "history", epoch, messages: [], hasMore: false, recovered: true, rev },
      changed: changed.map(withoutReason),
    },
  ]);
}

/** One message without a person: its author, or one of those who reacted. */
function without(message: Message, { user, how }: Forgetting): Message {
  const reactions = withoutReactions(message.reactions, user);
  const deletedBy = message.deletedBy === user ? DELETED_PERSON.id : message.deletedBy;
  const own = message.user.id === user;
  if (!own && reactions === message.reactions && deletedBy === message.deletedBy) return message;
  const { seq, ts } = message;
  const author = own ? DELETED_PERSON : message.user;
  // Two of the deleted may have given two messages the same id.
  const id = own ? `deleted-${seq}` : message.id;
  if (own && how === "erase") {
    return { seq, id, user: author, text: "", ts, deleted: true, deletedBy: DELETED_PERSON.id };
  }
  return {
    // A reason may say whom it was about.
    ...(own ? withoutReason(message) : message),
    id,
    user: author,
    ...(reactions && { reactions }),
    ...(deletedBy !== undefined && { deletedBy }),
  };
}

function withoutReactions(reactions: Message["reactions"], user: string): Message["reactions"] {
  if (!reactions || !Object.values(reactions).some((ids) => ids.includes(user))) return reactions;
  const left = Object.entries(reactions)
    .map(([emoji, ids]) => [emoji, ids.filter((id) => id !== user)] as const)
    .filter(([, ids]) => ids.length > 0);
  return Object.fromEntries(left);
}
