import { OUTBOX_MESSAGES, type ClientFrameOf, type ErrorCode, type Limits } from "../protocol";
import { afterRefusal, type Refusal } from "./refusal";

/**
 * Messages on their way: pending → in flight on one connection → acknowledged, or failed. Pure.
 *
 * One message is in flight at a time. A refusal (too fast, storage busy) then never lets a later
 * message overtake an earlier one, and the party takes no more than its rate anyway.
 */
export interface OutboxEntry {
  readonly key: string;
  readonly id: string;
  readonly text: string;
  /** The message that it answers, in the history of this epoch. */
  readonly replyTo?: number;
  readonly epoch?: string;
  /** Milliseconds since the Unix epoch, own clock. */
  readonly createdAt: number;
  readonly state: "pending" | "failed";
  /** Why it failed. */
  readonly error?: ErrorCode;
  /** Refusals that were worth another try. */
  readonly tries: number;
}

export interface Outbox {
  readonly entries: readonly OutboxEntry[];
  readonly flight: { readonly id: string; readonly connection: number; readonly at: number } | null;
  /** Nothing is sent before this time. */
  readonly blockedUntil: number;
  /** Our own count of the party's bucket, a little below it. */
  readonly bucket: { readonly level: number; readonly at: number };
  readonly rate: { readonly perSecond: number; readonly burst: number };
}

/** An acknowledgement that does not come is asked for again; the party knows the id. */
export const ACK_TIMEOUT_MS = 10_000;
/** The share of the party's rate that we use, so that its clock and ours may differ. */
const RATE_SHARE = 0.9;

export const EMPTY_OUTBOX: Outbox = {
  entries: [],
  flight: null,
  blockedUntil: -Infinity,
  bucket: { level: 0, at: 0 },
  rate: { perSecond: 0, burst: 0 },
};

/** Adds a message at the end; null where the outbox is full. Failed ones do not count. */
export function add(box: Outbox, entry: Omit<OutboxEntry, "state" | "error" | "tries">) {
  if (box.entries.filter(isPending).length >= OUTBOX_MESSAGES) return null;
  return { ...box, entries: [...box.entries, { ...entry, state: "pending", tries: 0 }] } as Outbox;
}

/** A connection was welcomed: what is not acknowledged goes again, in order, under the same ids. */
export function connected(box: Outbox, limits: Limits, now: number): Outbox {
  const burst = Math.max(1, Math.floor(limits.messagesBurst * RATE_SHARE));
  const perSecond = Math.max(0.1, limits.messagesPerSecond * RATE_SHARE);
  return {
    ...box,
    flight: null,
    blockedUntil: -Infinity,
    bucket: { level: burst, at: now },
    rate: { perSecond, burst },
  };
}

/** An answer to a message of another history answers nothing: the number means another message now. */
export function inHistory(box: Outbox, epoch: string): Outbox {
  const isLost = ({ replyTo, epoch: of }: OutboxEntry) => replyTo !== undefined && of !== epoch;
  if (!box.entries.some(isLost)) return box;
  const entries = box.entries.map((entry) => {
    const { replyTo: _, epoch: __, ...rest } = entry;
    return isLost(entry) ? rest : entry;
  });
  return { ...box, entries };
}

/**
 * The next message to send on this connection, or the time (same clock) at which to ask again;
 * `at: null` where only an answer or a new message can change anything.
 */
export function take(
  box: Outbox,
  connection: number,
  now: number,
): { box: Outbox; frame: ClientFrameOf<"chat.send"> } | { frame: null; at: number | null } {
  const next = box.entries.find(isPending);
  if (!next) return { frame: null, at: null };
  if (box.flight?.connection === connection && now < box.flight.at + ACK_TIMEOUT_MS) {
    return { frame: null, at: box.flight.at + ACK_TIMEOUT_MS };
  }
  if (now < box.blockedUntil) return { frame: null, at: box.blockedUntil };
  const { perSecond, burst } = box.rate;
  const elapsed = Math.max(0, now - box.bucket.at) / 1000;
  const level = Math.min(burst, box.bucket.level + elapsed * perSecond);
  if (level < 1) return { frame: null, at: now + Math.ceil(((1 - level) / perSecond) * 1000) };
  return {
    box: {
      ...box,
      flight: { id: next.id, connection, at: now },
      bucket: { level: level - 1, at: now },
    },
    frame: frameOf(next),
  };
}

const frameOf = ({ id, text, replyTo }: OutboxEntry): ClientFrameOf<"chat.send"> => ({
  type: "chat.send",
  id,
  text,
  ...(replyTo !== undefined && { replyTo }),
});

/** Stored, whoever told us: an `ack`, or our own message in the transcript. */
export function acknowledged(box: Outbox, id: string): Outbox {
  return box.entries.some((entry) => entry.id === id)
    ? { ...box, ...without(box, (entry) => entry.id === id) }
    : box;
}

/** The party refused it: later again where that helps, else failed. */
export function refused(box: Outbox, refusal: Refusal, now: number): Outbox {
  const { id } = refusal;
  const entry = box.entries.find((one) => one.id === id && isPending(one));
  if (!entry) return box;
  const flight = box.flight?.id === id ? null : box.flight;
  const next = afterRefusal(entry.tries, refusal, now);
  if (next.failed) return { ...change(box, id, { state: "failed", error: refusal.code }), flight };
  return { ...change(box, id, { tries: next.tries }), flight, blockedUntil: next.blockedUntil };
}

/** The party closed the connection because of what was in flight. */
export function failInFlight(box: Outbox, code: ErrorCode): Outbox {
  if (!box.flight) return box;
  return { ...change(box, box.flight.id, { state: "failed", error: code }), flight: null };
}

/** A failed message joins the end of the queue under its own id: it was never stored. */
export function retry(box: Outbox, key: string): Outbox {
  const entry = box.entries.find((one) => one.key === key && !isPending(one));
  if (!entry || box.entries.filter(isPending).length >= OUTBOX_MESSAGES) return box;
  const { error: _, ...rest } = entry;
  const others = box.entries.filter((one) => one !== entry);
  return { ...box, entries: [...others, { ...rest, state: "pending", tries: 0 }] };
}

export function discard(box: Outbox, key: string): Outbox {
  return { ...box, ...without(box, (entry) => entry.key === key) };
}

/** Puts what an earlier page left behind in front of what this one has queued since. */
export function restore(box: Outbox, earlier: readonly OutboxEntry[]): Outbox {
  const known = new Set(box.entries.map((entry) => entry.id));
  const entries = [...earlier.filter((entry) => !known.has(entry.id)), ...box.entries];
  return entries.length === box.entries.length ? box : { ...box, entries };
}

const isPending = (entry: OutboxEntry): boolean => entry.state === "pending";

function change(box: Outbox, id: string, fields: Partial<OutboxEntry>): Outbox {
  return {
    ...box,
    entries: box.entries.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry)),
  };
}

function without(box: Outbox, drop: (entry: OutboxEntry) => boolean) {
  const entries = box.entries.filter((entry) => !drop(entry));
  const flying = entries.some((entry) => entry.id === box.flight?.id);
  return { entries, flight: flying ? box.flight : null };
}
