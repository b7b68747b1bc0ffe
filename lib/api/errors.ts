import type { BanEnd } from "../accounts/room-port";

/** Every code that an API route of the app answers with, its HTTP status and its text: a closed set. */
export const API_ERRORS = {
  bad_request: { status: 400, message: "The request was not understood." },
  unauthorized: { status: 401, message: "This needs its secret as a Bearer token." },
  signed_out: { status: 401, message: "You are signed out." },
  sign_in_again: { status: 403, message: "Sign in again first, then do this." },
  forbidden: { status: 403, message: "You may not do this." },
  not_found: { status: 404, message: "There is no such thing." },
  method_not_allowed: { status: 405, message: "This address does not take that method." },
  conflict: { status: 409, message: "This name is taken." },
  email_taken: { status: 409, message: "There is an account with this address already." },
  archived: { status: 409, message: "This room is archived: it can be read, and nothing else." },
  too_large: { status: 413, message: "The request is too large." },
  unsupported_media_type: { status: 415, message: "Send JSON." },
  rate_limited: { status: 429, message: "Too many requests. Wait a little." },
  internal: { status: 500, message: "Something went wrong." },
  unavailable: { status: 503, message: "This does not work right now. Try again in a moment." },
} as const;
export type ApiErrorCode = keyof typeof API_ERRORS;

export interface RefusalDetails {
  /** A sentence for each field that was wrong. */
  fields?: Record<string, string>;
  /** Milliseconds; becomes `Retry-After` in whole seconds. */
  retryAfterMs?: number;
  headers?: Record<string, string>;
  /** With `forbidden`: this person is banned from the room, until when and why. */
  ban?: BanEnd;
}

/** Ends a request with one of the codes; `route` turns it into the answer. */
export class Refusal extends Error {
  override name = "Refusal";
  constructor(
    readonly code: ApiErrorCode,
    readonly details: RefusalDetails = {},
  ) {
    super(code);
  }
}

export const banned = (ban: BanEnd): Refusal => new Refusal("forbidden", { ban });

/** For what is no page: an answer that a browser is tricked into showing as one may do nothing. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Constant headers of every API answer. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": API_POLICY,
};

/** Whole seconds for `Retry-After` (RFC 9110 section 10.2.3), one at the least. */
export const retryAfterSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

export function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}

/** A file to keep, written while it is read. */
export const download = (body: ReadableStream, type: string, name: string): Response =>
  new Response(body, {
    headers: {
      ...HEADERS,
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name}"`,
      "x-content-type-options": "nosniff",
    },
  });

export const answerText = (text: string, type: string): Response =>
  new Response(text, { headers: { ...HEADERS, "content-type": type } });

/** `{code, message}`, what the details add, and nothing of what happened inside. */
export function refusalAnswer(code: ApiErrorCode, details: RefusalDetails = {}): Response {
  const { status, message } = API_ERRORS[code];
  const { fields, retryAfterMs, headers, ban } = details;
  return answer(
    status,
    {
      code,
      message,
      ...(fields && { fields }),
      ...(ban && { reason: "banned", until: ban.until, note: ban.reason }),
    },
    {
      ...headers,
      ...(retryAfterMs !== undefined && { "retry-after": String(retryAfterSeconds(retryAfterMs)) }),
    },
  );
}
