import type { MessageView } from "@/lib/client/types";
import { dayOf } from "../ui/format";

/** Messages of one person this close together share one name and time. */
export const GROUP_MS = 5 * 60_000;

export type Row =
  | { kind: "day"; key: string; ts: number }
  | { kind: "new"; key: string }
  | { kind: "group"; key: string; messages: readonly MessageView[] };

type SameDay = (one: number, other: number) => boolean;

/** Compares days and remembers the last one: thousands of messages lie in a handful of days. */
export function createSameDay(): SameDay {
  let from = 0;
  let to = 0;
  return (one, other) => {
    if (one >= from && one < to && other >= from && other < to) return true;
    const day = new Date(other);
    from = day.setHours(0, 0, 0, 0);
    to = day.setDate(day.getDate() + 1);
    return dayOf(one) === dayOf(other);
  };
}

/** True where a message goes on what the same person said right before. */
export const continues = (before: MessageView, message: MessageView, sameDay: SameDay): boolean =>
  before.user.id === message.user.id &&
  before.user.name === message.user.name &&
  Math.abs(message.ts - before.ts) <= GROUP_MS &&
  sameDay(before.ts, message.ts);

/**
 * Lays messages out as the transcript shows them: a divider before each new day and before the
 * message `newSeq`, and groups of consecutive messages of one person. Order is the given order; only
 * `ts` decides days and gaps. `before` is what stands right above: with it the first message begins a
 * day only where it does.
 */
export function rowsOf(
  messages: readonly MessageView[],
  { before, newSeq = null }: { before?: MessageView | undefined; newSeq?: number | null } = {},
): Row[] {
  const rows: Row[] = [];
  const sameDay = createSameDay();
  let group: MessageView[] | null = null;
  let previous = before;
  for (const message of messages) {
    const isNew = newSeq !== null && message.seq === newSeq;
    if (!previous || !sameDay(previous.ts, message.ts)) {
      rows.push({ kind: "day", key: `day:${message.key}`, ts: message.ts });
    }
    if (isNew) rows.push({ kind: "new", key: "new" });
    if (group && previous && !isNew && continues(previous, message, sameDay)) group.push(message);
    else {
      group = [message];
      rows.push({ kind: "group", key: message.key, messages: group });
    }
    previous = message;
  }
  return rows;
}
