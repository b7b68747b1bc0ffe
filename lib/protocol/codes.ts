/**
 * Every code of the protocol, once: server, client, docs and tests read this file.
 * Close codes follow RFC 6455 section 7.4; 4000-4999 is the range left to applications.
 */

export const ERROR_CODES = [
  "bad_request",
  "unauthorized",
  "token_expired",
  "token_spent",
  "auth_expired",
  "forbidden",
  "muted",
  "not_found",
  "conflict",
  "empty_message",
  "too_large",
  "rate_limited",
  "resume_unavailable",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The English text that travels with an error frame: constant per code, so nothing internal can leave. */
export const ERROR_TEXT: Record<ErrorCode, { message: string; retryable: boolean }> = {
  bad_request: { message: "The frame was not understood.", retryable: false },
  unauthorized: { message: "The token was not accepted.", retryable: false },
  token_expired: { message: "The token had expired on arrival.", retryable: true },
  token_spent: { message: "The token had been used before.", retryable: true },
  auth_expired: { message: "The authorisation of this connection has ended.", retryable: true },
  forbidden: { message: "You may not do this here.", retryable: false },
  muted: { message: "You are muted in this room.", retryable: false },
  not_found: { message: "There is no such thing in this room.", retryable: false },
  conflict: { message: "It has changed in the meantime.", retryable: false },
  empty_message: { message: "The message is empty.", retryable: false },
  too_large: { message: "The message is too long.", retryable: false },
  rate_limited: { message: "Too many messages at once.", retryable: true },
  resume_unavailable: {
    message: "What you missed can no longer be told apart.",
    retryable: false,
  },
  unavailable: { message: "The room cannot do this right now.", retryable: true },
  internal: { message: "Something went wrong in the room.", retryable: true },
};

/**
 * `auth.revoked.reason` where a login session gave way to a newer sign-in of the same browser: its
 * pages ask for a token once more, with the new cookie, before they take themselves for signed out.
 */
export const REPLACED_BY_SIGN_IN = "replaced_by_sign_in";

/** What the client does after a close. One word per reaction, decided here and nowhere else. */
export type CloseReaction =
  /** Stay closed; nobody asked for more. */
  | "stay_closed"
  /** Dial again with full jitter. */
  | "reconnect"
  /** Dial again after the delay that the party named (`drain.retryInMs`), else with full jitter. */
  | "reconnect_after_hint"
  /** Dial again, starting from the longest delay. */
  | "reconnect_slowly"
  /** Fail the message that caused it, then dial again. */
  | "fail_message"
  /** Dial at once with a new token; a second such close in a row stops. */
  | "new_token"
  /** Dial at once with a new token, each time: the close was no verdict on the token. */
  | "new_token_now"
  /** The login session has ended. */
  | "signed_out"
  /** Stop and say why; only the person can start again. */
  | "stop"
  /** Wait until the time that the party named, then offer to rejoin. */
  | "wait";

export interface CloseRule {
  code: number;
  name: string;
  /** Further names that the same code may carry as its reason. */
  alsoNamed?: readonly string[];
  reaction: CloseReaction;
}

export const CLOSE_RULES = [
  { code: 1000, name: "normal", reaction: "stay_closed" },
  {
    code: 1001,
    name: "going_away",
    reaction: "reconnect",
  },
  { code: 1006, name: "abnormal", reaction: "reconnect" },
  {
    code: 1011,
    name: "internal_error",
    reaction: "reconnect",
  },
  {
    code: 1003,
    name: "unsupported_data",
    reaction: "fail_message",
  },
  {
    code: 1009,
    name: "message_too_big",
    reaction: "fail_message",
  },
  { code: 1012, name: "restart", reaction: "reconnect_after_hint" },
  {
    code: 1013,
    name: "try_again_later",
    reaction: "reconnect_slowly",
  },
  {
    code: 4400,
    name: "bad_request",
    reaction: "stop",
  },
  {
    code: 4401,
    name: "unauthorized",
    alsoNamed: ["token_expired"],
    reaction: "new_token",
  },
  {
    code: 4403,
    name: "forbidden",
    reaction: "stop",
  },
  { code: 4404, name: "no_such_room", reaction: "stop" },
  {
    code: 4406,
    name: "protocol_version",
    reaction: "stop",
  },
  {
    code: 4408,
    name: "auth_timeout",
    alsoNamed: ["slow_consumer"],
    reaction: "new_token_now",
  },
  { code: 4409, name: "token_spent", reaction: "new_token" },
  {
    code: 4410,
    name: "session_revoked",
    reaction: "signed_out",
  },
  {
    code: 4411,
    name: "replaced",
    reaction: "stop",
  },
  {
    code: 4413,
    name: "abuse",
    reaction: "reconnect_slowly",
  },
  { code: 4423, name: "kicked", reaction: "wait" },
  {
    code: 4429,
    name: "rate_limited",
    reaction: "wait",
  },
  { code: 4503, name: "draining", reaction: "reconnect_after_hint" },
] as const satisfies readonly CloseRule[];

export type CloseCode = (typeof CLOSE_RULES)[number]["code"];

const RULES = new Map<number, CloseRule>(CLOSE_RULES.map((rule) => [rule.code, rule]));

/** The rule for any close code: unknown 4000-4999 stops, every other unknown code reconnects. */
export function closeRule(code: number): CloseRule {
  const known = RULES.get(code);
  if (known) return known;
  return code >= 4000 && code <= 4999
    ? { code, name: "unknown", reaction: "stop" }
    : { code, name: "unknown", reaction: "reconnect" };
}
