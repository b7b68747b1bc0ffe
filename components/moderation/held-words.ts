import type { Held } from "@/lib/client/types";
import { untilTime } from "../ui/until";

/** "Kicked until 21:40 by a moderator: spam." `what`: "Kicked", "Muted", "Banned from this room". */
export function heldWords(what: string, { until, reason }: Held, now: number): string {
  const when = until === undefined ? "" : ` until ${untilTime(until, now)}`;
  const why = reason ? `: ${/[.!?…]$/.test(reason) ? reason : `${reason}.`}` : ".";
  return `${what}${when} by a moderator${why}`;
}
