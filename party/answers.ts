import { ERROR_TEXT, closeRule, type CloseCode, type ErrorCode } from "../lib/protocol/codes";
import { errorFrame } from "../lib/protocol/parse";

const HEADERS = {
  "Content-Type": "application/json; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  token_expired: 401,
  token_spent: 401,
  auth_expired: 401,
  forbidden: 403,
  muted: 403,
  not_found: 404,
  conflict: 409,
  empty_message: 400,
  too_large: 413,
  rate_limited: 429,
  resume_unavailable: 409,
  unavailable: 503,
  internal: 500,
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } });

export const text = (body: string, type: string): Response =>
  new Response(body, { headers: { ...HEADERS, "Content-Type": type } });

/** The one body per code: it says nothing of what exactly was wrong. */
export function refusal(code: ErrorCode, headers: Record<string, string> = {}): Response {
  const extra: Record<string, string> = { ...headers };
  if (STATUS[code] === 401) extra["WWW-Authenticate"] = "Bearer";
  if (STATUS[code] === 503) extra["Retry-After"] = "5";
  return json({ code, message: ERROR_TEXT[code].message }, STATUS[code], extra);
}

export const methodNotAllowed = (allow: string): Response =>
  json({ code: "bad_request", message: "This method is not offered here." }, 405, { Allow: allow });

/**
 * Says no in a way that a browser can read: a refused upgrade reaches it as 1006 without a reason,
 * so the socket is opened, told and closed. The room is never built.
 */
export function closeAtOnce(
  error: ErrorCode,
  code: CloseCode,
  reason = closeRule(code).name,
): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.send(JSON.stringify(errorFrame(error)));
  server.close(code, reason);
  return new Response(null, { status: 101, webSocket: client });
}
