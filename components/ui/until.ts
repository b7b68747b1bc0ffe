import { clockTime, dayOf } from "./format";

/** "21:40" today, "3 December, 21:40" on another day. Milliseconds since the epoch; for the browser only. */
export function untilTime(ts: number, now: number): string {
  if (dayOf(ts) === dayOf(now)) return clockTime(ts);
  const day = new Intl.DateTimeFormat(undefined, {
    day: "numeric",
    month: "long",
    ...(new Date(ts).getFullYear() !== new Date(now).getFullYear() && { year: "numeric" }),
  }).format(ts);
  return `${day}, ${clockTime(ts)}`;
}
