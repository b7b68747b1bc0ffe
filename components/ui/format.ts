/**
 * Dates and durations in words. Only for the browser: the server knows neither the reader's
 * time zone nor their language, and text that differs from it would not survive hydration.
 */
const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(undefined, options);
  formats.set(key, made);
  return made;
}

/** "21:40" or "9:40 PM", as the reader's language has it. `ts`: milliseconds since the epoch. */
export const clockTime = (ts: number): string => format({ timeStyle: "short" }).format(ts);

/** "Friday, 21 November 2025 at 21:40". */
export const fullDate = (ts: number): string =>
  format({ dateStyle: "full", timeStyle: "short" }).format(ts);

/** "21 November 2025". */
export const longDate = (ts: number): string => format({ dateStyle: "long" }).format(ts);

/** A day as a number that differs from day to day in the reader's time zone. */
export function dayOf(ts: number): number {
  const date = new Date(ts);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

/** "Today", "Yesterday", "Friday, 14 November", with the year where it is another one. */
export function dayName(ts: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(ts) === dayOf(now)) return "Today";
  if (dayOf(ts) === dayOf(yesterday.getTime())) return "Yesterday";
  const sameYear = new Date(ts).getFullYear() === new Date(now).getFullYear();
  return format({
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(!sameYear && { year: "numeric" as const }),
  }).format(ts);
}

/** Whole seconds left, rounded up, never below zero. */
export const secondsUntil = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at - now) / 1000));

/** "4:05" for 245 seconds; "1:02:05" beyond an hour. */
export function countdown(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** "18 s" below a minute, "4:05" above: the time left beside a word. */
export const left = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : countdown(seconds);

/** "40 seconds", "1 minute", "12 minutes": what a person needs to know of a wait. */
export function wait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** "just now", "5 minutes ago", "yesterday", "3 weeks ago"; short: "5 min ago". */
export function ago(ts: number, now: number, style: "long" | "short" = "long"): string {
  const seconds = Math.round((ts - now) / 1000);
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style });
  const size = Math.abs(seconds);
  if (size < 60) return "just now";
  if (size < 3_600) return relative.format(Math.round(seconds / 60), "minute");
  if (size < 86_400) return relative.format(Math.round(seconds / 3_600), "hour");
  if (size < 14 * 86_400) return relative.format(Math.round(seconds / 86_400), "day");
  return relative.format(Math.round(seconds / (7 * 86_400)), "week");
}

/** "1 person", "12 people". */
export const people = (count: number): string =>
  count === 1 ? "1 person" : `${new Intl.NumberFormat().format(count)} people`;
