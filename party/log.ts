import type { HttpEvent } from "../lib/room/events";

type Fields = Record<string, string | number | boolean | undefined>;

/**
 * One JSON line per event that somebody may have to look for: when, what, in which room, about whom.
 * Never a token, an address or a text: what JSON.stringify escapes cannot start a line of its own.
 */
export function log(event: string, fields: Fields = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), event, ...fields }));
}

/** What went wrong inside, for the log only: the name and the first frames, not the message's data. */
export function logFault(event: string, error: unknown, fields: Fields = {}): void {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
  const at = stack
    ?.split("\n")
    .slice(1, 4)
    .map((line) => line.trim())
    .join(" < ");
  console.error(JSON.stringify({ time: new Date().toISOString(), event, name, at, ...fields }));
}

/** Whose sockets a revocation closed, and how many. The id of a login session opens nothing. */
export const toldOf = (
  { sid, user, reason }: Extract<HttpEvent, { type: "revoke" }>,
  { closed }: Record<string, unknown>,
): Fields => ({
  session: sid,
  user,
  reason,
  ...(typeof closed === "number" && { closed }),
});
