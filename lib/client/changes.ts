import { OUTBOX_MESSAGES, type ClientFrame, type ErrorCode } from "../protocol";
import { ACK_TIMEOUT_MS } from "./outbox";
import { afterRefusal, type Refusal } from "./refusal";

/** What a person wants of a message that is stored already. */
export type Wish =
  | { readonly kind: "edit"; readonly text: string }
  /** `reason`: a moderator's words, for its author. */
  | { readonly kind: "delete"; readonly reason?: string }
  | { readonly kind: "react"; readonly emoji: string; readonly on: boolean };

/**
 * Wishes on their way: pending → in flight on one connection → granted, or failed. Pure.
 *
 * One is in flight at a time, so wishes for one message arrive in the order they were made. Each of
 * them says what shall be, never what shall be different: one whose acknowledgement was lost is asked
 * again and does no harm twice.
 */
export interface Change {
  readonly id: string;
  /** The history that `seq` counts in; in another one the number means another message. */
  readonly epoch: string;
  readonly seq: number;
  readonly wish: Wish;
  /** Milliseconds since the Unix epoch, own clock. */
  readonly createdAt: number;
  readonly state: "pending" | "failed";
  readonly error?: ErrorCode;
  readonly tries: number;
}

export interface Changes {
  readonly entries: readonly Change[];
  readonly flight: { readonly id: string; readonly connection: number; readonly at: number } | null;
  readonly blockedUntil: number;
}

export const NO_CHANGES: Changes = { entries: [], flight: null, blockedUntil: -Infinity };

/** Adds a wish at the end in place of those it makes pointless; null where too many wait. */
export function add(
  changes: Changes,
  wanted: Omit<Change, "state" | "error" | "tries">,
): Changes | null {
  const entries = changes.entries.filter(
    (old) => old.id === changes.flight?.id || !isPointless(old, wanted),
  );
  if (entries.filter(isPending).length >= OUTBOX_MESSAGES) return null;
  return { ...changes, entries: [...entries, { ...wanted, state: "pending", tries: 0 }] };
}

function isPointless(old: Change, { seq, wish }: Pick<Change, "seq" | "wish">): boolean {
  if (old.seq !== seq) return false;
  if (wish.kind === "delete") return true;
  if (wish.kind === "edit") return old.wish.kind === "edit";
  return old.wish.kind === "react" && old.wish.emoji === wish.emoji;
}

/** A connection was welcomed: what was not granted is asked again, unless its message is gone. */
export function connected(changes: Changes, epoch: string): Changes {
  const entries = changes.entries.filter((change) => change.epoch === epoch);
  const same = entries.length === changes.entries.length;
  return { entries: same ? changes.entries : entries, flight: null, blockedUntil: -Infinity };
}

/** The next wish to send on this connection, or when to ask again; see `take` of the outbox. */
export function take(
  changes: Changes,
  connection: number,
  now: number,
): { changes: Changes; frame: ClientFrame } | { frame: null; at: number | null } {
  const next = changes.entries.find(isPending);
  if (!next) return { frame: null, at: null };
  const { flight, blockedUntil } = changes;
  if (flight?.connection === connection && now < flight.at + ACK_TIMEOUT_MS) {
    return { frame: null, at: flight.at + ACK_TIMEOUT_MS };
  }
  if (now < blockedUntil) return { frame: null, at: blockedUntil };
  return {
    changes: { ...changes, flight: { id: next.id, connection, at: now } },
    frame: frameOf(next),
  };
}

export function frameOf({ id, seq, wish }: Pick<Change, "id" | "seq" | "wish">): ClientFrame {
  switch (wish.kind) {
    case "edit":
      return { type: "chat.edit", id, seq, text: wish.text };
    case "delete":
      return { type: "chat.delete", id, seq, ...(wish.reason && { reason: wish.reason }) };
    case "react":
      return { type: "chat.react", id, seq, emoji: wish.emoji, on: wish.on };
  }
}

export function refused(changes: Changes, refusal: Refusal, now: number): Changes {
  const { id } = refusal;
  const entry = changes.entries.find((one) => one.id === id && isPending(one));
  if (!entry) return changes;
  const after = afterRefusal(entry.tries, refusal, now);
  if (after.failed) return fail(changes, id, refusal.code);
  const entries = changes.entries.map((one) =>
    one === entry ? { ...one, tries: after.tries } : one,
  );
  return { entries, flight: landed(changes, id), blockedUntil: after.blockedUntil };
}

/** The end of a wish: it stays to be told, unless a later one has made it pointless. */
export function fail(changes: Changes, id: string, error: ErrorCode): Changes {
  const at = changes.entries.findIndex((one) => one.id === id);
  const entry = changes.entries[at];
  if (!entry) return changes;
  if (changes.entries.slice(at + 1).some((later) => isPointless(entry, later))) {
    return without(changes, id);
  }
  const entries = changes.entries.map((one): Change =>
    one.id === id ? { ...one, state: "failed", error } : one,
  );
  return { ...changes, entries, flight: landed(changes, id) };
}

/** A wish that failed joins the end again. */
export function retry(changes: Changes, id: string): Changes {
  const entry = changes.entries.find((one) => one.id === id && !isPending(one));
  if (!entry) return changes;
  const { error: _, ...rest } = entry;
  return add(without(changes, id), rest) ?? changes;
}

/** Granted, or given up. */
export function without(changes: Changes, id: string): Changes {
  const entries = changes.entries.filter((one) => one.id !== id);
  if (entries.length === changes.entries.length) return changes;
  return { ...changes, entries, flight: landed(changes, id) };
}

/** Puts what an earlier page left behind in front of what this one has asked since. */
export function restore(changes: Changes, earlier: readonly Change[]): Changes {
  const known = new Set(changes.entries.map(({ id }) => id));
  const before = earlier.filter(({ id }) => !known.has(id));
  return before.length === 0 ? changes : { ...changes, entries: [...before, ...changes.entries] };
}

const isPending = ({ state }: Change): boolean => state === "pending";

const landed = ({ flight }: Changes, id: string): Changes["flight"] =>
  flight?.id === id ? null : flight;
