import * as v from "valibot";
import { clientFrameOf, type ClientFrame } from "./client-frames";
import { ERROR_TEXT, type ErrorCode } from "./codes";
import { ServerFrame, type ServerFrameOf } from "./server-frames";
import { isOverFrameLimit } from "./text";
import { ClientId } from "./values";

export type ParsedClientFrame =
  { ok: true; frame: ClientFrame } | { ok: false; code: "bad_request" | "too_large"; id?: string };

/**
 * Reads one text frame of a client. Never throws.
 * `too_large` is decided before the text is parsed; `id` is given back where it could be read,
 * so that a refused frame can be answered by name.
 */
export function parseClientFrame(raw: string): ParsedClientFrame {
  if (isOverFrameLimit(raw)) return { ok: false, code: "too_large" };
  const value = parseJson(raw);
  const type = value !== null && typeof value === "object" && "type" in value ? value.type : null;
  const parsed = v.safeParse(clientFrameOf(type), value);
  if (parsed.success) return { ok: true, frame: parsed.output };
  const id = v.safeParse(v.object({ id: ClientId }), value);
  return { ok: false, code: "bad_request", ...(id.success && { id: id.output.id }) };
}

/**
 * Reads one text frame of the party: one object or an array of them, in order.
 * Never throws; what does not fit (a later version's frame) is left out and counted.
 */
export function parseServerFrames(raw: unknown): { frames: ServerFrame[]; unknown: number } {
  const value = typeof raw === "string" ? parseJson(raw) : undefined;
  const frames: ServerFrame[] = [];
  let unknown = 0;
  for (const item of Array.isArray(value) ? value : [value]) {
    const parsed = v.safeParse(ServerFrame, item);
    if (parsed.success) frames.push(parsed.output);
    else unknown++;
  }
  return { frames, unknown };
}

/** Builds an error frame; text and retryability follow from the code. */
export function errorFrame(
  code: ErrorCode,
  extra: {
    id?: string | undefined;
    retryAfterMs?: number | undefined;
    reason?: string | undefined;
    until?: number | undefined;
  } = {},
): ServerFrameOf<"error"> {
  const { id, retryAfterMs, reason, until } = extra;
  return {
    type: "error",
    ...(id !== undefined && { id }),
    code,
    ...ERROR_TEXT[code],
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
  };
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
