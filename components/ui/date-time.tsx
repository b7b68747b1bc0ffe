"use client";

import { fullDate, longDate } from "./format";
import { useHydrated } from "./use-hydrated";

/**
 * A moment, or its day, in the reader's language and time zone, which the server does not know: it
 * draws the same in UTC. `at`: milliseconds since the Unix epoch.
 */
export function DateTime({ at, dayOnly = false }: { at: number; dayOnly?: boolean }) {
  const hydrated = useHydrated();
  const iso = new Date(at).toISOString();
  const plain = dayOnly ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  return <time dateTime={iso}>{hydrated ? (dayOnly ? longDate(at) : fullDate(at)) : plain}</time>;
}
