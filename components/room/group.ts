import type { MessageView } from "@/lib/client/types";
import { dayOf } from "../ui/format";

/** Messages of one person this close together share one name and time. */
export const GROUP_MS = 5 * 60_000;

export type Row =
  | { kind: "day"; key: string; ts: number }
  | { kind: "group"; key: string; messages: readonly MessageView[] };

/**
 * Lays messages out as the transcript shows them: a divider before each new day, and groups of
 * consecutive messages of one person. Order is the given order; only `ts` decides days and gaps.
 */
export function rowsOf(messages: readonly MessageView[]): Row[] {
  const rows: Row[] = [];
  let group: MessageView[] = [];
  let previous: MessageView | undefined;
  for (const message of messages) {
    const newDay = !previous || dayOf(previous.ts) !== dayOf(message.ts);
    if (newDay) rows.push({ kind: "day", key: `day:${message.key}`, ts: message.ts });
    const joins =
      previous &&
      !newDay &&
      previous.user.id === message.user.id &&
      previous.user.name === message.user.name &&
      Math.abs(message.ts - previous.ts) <= GROUP_MS;
    if (joins) group.push(message);
    else {
      group = [message];
      rows.push({ kind: "group", key: message.key, messages: group });
    }
    previous = message;
  }
  return rows;
}
