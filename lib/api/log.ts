import { currentRequest } from "../observe/current-request";

type Fields = Record<string, string | number | boolean | null>;

/**
 * One JSON line per event: UTC time, event, ids; those of the request that is being answered by
 * themselves. Callers give ids and closed codes only; an error passes its name, as messages may
 * quote what a person typed. JSON escapes line breaks and controls.
 */
export function logEvent(event: string, fields: Fields = {}): void {
  const time = new Date().toISOString();
  console.info(JSON.stringify({ time, event, ...currentRequest(), ...fields }));
}

export const errorName = (error: unknown): string =>
  error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : "unknown";
