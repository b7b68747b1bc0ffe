import type { Message, ServerFrameOf, UserRef } from "../protocol";
import type { OutboxEntry } from "./outbox";
import { shallowEqual } from "./shallow";
import type { MessageView } from "./types";

/** The list of messages: stored ones by `seq`, then those on their way in the order of the outbox. */

type Stored = MessageView & { seq: number };
type List = readonly MessageView[];

/** Where in the list the first message stands that is stored at `seq` or later, or not stored yet. */
export function placeOf(list: List, seq: number): number {
  // By halves: the list is sorted, what waits comes last, and it may be long.
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const storedOf = (list: List): Stored[] =>
  list.slice(0, placeOf(list, Infinity)) as Stored[];
const waitingOf = (list: List): List => list.slice(placeOf(list, Infinity));

/** The stored message with this number, if it is here. */
export function messageAt(list: List, seq: number): MessageView | undefined {
  const message = list[placeOf(list, seq)];
  return message?.seq === seq ? message : undefined;
}

export const keyOf = (user: string, id: string): string => `${user}:${id}`;

/** Puts stored messages in their place. Nothing is shown twice; one's own keep their key. */
export function merge(list: List, incoming: readonly Message[], me: string | undefined): List {
  if (incoming.length === 0) return list;
  const from = placeOf(list, Math.min(...incoming.map(({ seq }) => seq)));
  const merged = mergeAll(list.slice(from), incoming, me);
  return merged ? [...list.slice(0, from), ...merged] : list;
}

/** Null where nothing changes. */
function mergeAll(list: List, incoming: readonly Message[], me: string | undefined): List | null {
  const known = new Map(storedOf(list).map((message) => [message.seq, message]));
  const waiting = new Map(waitingOf(list).map((message) => [message.id, message]));
  let changed = false;
  for (const message of incoming) {
    const mine = message.user.id === me;
    const sent = mine ? waiting.get(message.id) : undefined;
    if (sent) waiting.delete(message.id);
    const before = known.get(message.seq);
    const same = before?.id === message.id && before.user.id === message.user.id;
    const after = viewOf(message, mine, same ? before.key : sent?.key);
    if (before && !sent && sameMessage(before, after)) continue;
    known.set(message.seq, after);
    changed = true;
  }
  if (!changed) return null;
  const stored = [...known.values()];
  // Messages arrive in order nearly always; sorting what is sorted would cost every message.
  if (!isSorted(stored)) stored.sort((a, b) => a.seq - b.seq);
  return [...stored, ...waiting.values()];
}

/** Stored messages as they are now, where they are here at all. */
export function renew(list: List, changed: readonly Message[], me: string | undefined): List {
  if (changed.length === 0) return list;
  const here = new Set(list.map((message) => message.seq));
  return merge(
    list,
    changed.filter((message) => here.has(message.seq)),
    me,
  );
}

/** A fresh page instead of what was shown; what is on its way stays, and what is the same stays the same. */
export function replace(list: List, page: readonly Message[], me: string | undefined): List {
  const seqs = new Set(page.map((message) => message.seq));
  const kept = list.filter((message) => message.seq === undefined || seqs.has(message.seq));
  return merge(kept, page, me);
}

/**
 * The party has stored one of ours: it takes its place before the message itself comes back.
 * A place before the first one shown would tear a hole there; the pages before it will show it.
 */
export function acknowledge(
  list: List,
  { id, seq, ts }: ServerFrameOf<"ack">,
  hasOlder: boolean,
): List {
  const waiting = waitingOf(list);
  const sent = waiting.find((message) => message.id === id);
  if (!sent) return list;
  const stored = storedOf(list);
  const isBefore = hasOlder && seq < (stored[0]?.seq ?? 0);
  const at = placeOf(stored, seq);
  if (!isBefore && stored[at]?.seq !== seq) {
    const { error: _, ...rest } = sent;
    stored.splice(at, 0, { ...rest, seq, ts, state: "sent" });
  }
  return [...stored, ...waiting.filter((message) => message !== sent)];
}

export const patch = (list: List, seq: number, fields: Partial<MessageView>): List =>
  update(list, seq, (message) => ({ ...message, ...fields }));

export function update(
  list: List,
  seq: number,
  change: (message: MessageView) => MessageView,
): List {
  const at = placeOf(list, seq);
  const message = list[at];
  const next = message?.seq === seq ? change(message) : message;
  return next && next !== message ? list.with(at, next) : list;
}

/** The end of the list is what the outbox says, whose clock is `ahead` of the party's. */
export function withOutbox(
  list: List,
  entries: readonly OutboxEntry[],
  author: UserRef,
  ahead = 0,
): List {
  const old = waitingOf(list);
  const before = new Map(old.map((message) => [message.key, message]));
  const waiting = entries.map((entry) => {
    const message: MessageView = {
      key: entry.key,
      id: entry.id,
      user: author,
      text: entry.text,
      ts: entry.createdAt - ahead,
      state: entry.state,
      mine: true,
      ...(entry.replyTo !== undefined && { replyTo: entry.replyTo }),
      ...(entry.error && { error: entry.error }),
    };
    const known = before.get(entry.key);
    return known && shallowEqual(known, message) ? known : message;
  });
  return shallowEqual(old, waiting) ? list : [...storedOf(list), ...waiting];
}

/** The same messages seen by somebody else. */
export const seenBy = (list: List, me: string): List =>
  storedOf(list).map((message) => {
    const mine = message.user.id === me;
    return mine === message.mine ? message : { ...message, mine };
  });

/** How far the list is without a hole, counted from `after`. */
export function contiguous(list: List, after: number): number {
  let end = after;
  for (let at = placeOf(list, after + 1); list[at]?.seq === end + 1; at++) end++;
  return end;
}

function viewOf(message: Message, mine: boolean, key = keyOf(message.user.id, message.id)): Stored {
  const { seq, id, user, text, ts, replyTo, mentions, editedAt, reactions } = message;
  const { deleted, deletedBy, deletedReason } = message;
  return {
    key,
    seq,
    id,
    user,
    text,
    ts,
    state: "sent",
    mine,
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
    ...(editedAt !== undefined && { editedAt }),
    ...(deleted !== undefined && { deleted }),
    ...(deletedBy !== undefined && { deletedBy }),
    ...(deletedReason !== undefined && { deletedReason }),
    ...(reactions !== undefined && { reactions }),
  };
}

const plain = (message: Stored) => ({ ...message, user: null, reactions: null, mentions: null });

function sameMessage(a: Stored, b: Stored): boolean {
  return (
    shallowEqual(plain(a), plain(b)) &&
    shallowEqual(a.user, b.user) &&
    shallowEqual(a.mentions ?? [], b.mentions ?? []) &&
    JSON.stringify(a.reactions) === JSON.stringify(b.reactions)
  );
}

const isSorted = (list: readonly Stored[]): boolean =>
  list.every((message, at) => at === 0 || (list[at - 1]?.seq ?? 0) < message.seq);
