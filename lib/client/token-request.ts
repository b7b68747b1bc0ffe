import * as v from "valibot";
import { MAX_TOKEN_CHARACTERS, TOKEN_REQUEST_TIMEOUT_MS } from "../protocol";
import { readBounded } from "./bounded-body";

/**
 * Every answer the token route can mean for a connection; a closed set. A status alone is no word of
 * the app: a captive portal, a proxy or a deploy in the making answers 401, 403 and 404 too. What
 * ends a connection is believed only with the app's own code beside it.
 */
export type TokenAnswer =
  /** `sessionEndsInMs`: how long the login session behind it still lasts. */
  | { kind: "token"; token: string; sessionEndsInMs?: number }
  /** 401 `signed_out`: the login session has ended. */
  | { kind: "signed_out" }
  /** 403 `forbidden`: signed in, and not allowed into this room; `ban` where that is why. */
  | { kind: "forbidden"; ban?: { until?: number; reason?: string } }
  /** 404 `not_found` */
  | { kind: "no_room" }
  /** 429, 503, other failures, a refusal that is not the app's, no network, no answer in time, an answer that makes no sense. */
  | { kind: "later"; retryAfterMs?: number }
  /** 400, 405, 413, 415, each with its code: asking again will not help. */
  | { kind: "misconfigured" };

/** The app's last words by status: the code that has to stand in the body, and what it means. */
export const VERDICTS: Partial<Record<number, { code: string; answer: TokenAnswer }>> = {
  400: { code: "bad_request", answer: { kind: "misconfigured" } },
  401: { code: "signed_out", answer: { kind: "signed_out" } },
  403: { code: "forbidden", answer: { kind: "forbidden" } },
  404: { code: "not_found", answer: { kind: "no_room" } },
  405: { code: "method_not_allowed", answer: { kind: "misconfigured" } },
  413: { code: "too_large", answer: { kind: "misconfigured" } },
  415: { code: "unsupported_media_type", answer: { kind: "misconfigured" } },
};

/** An hour: longer than any pause a route of ours asks for, short enough to recover from a wrong one. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** More than a token and all that stands beside it. */
const MAX_ANSWER_BYTES = 4 * MAX_TOKEN_CHARACTERS;

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

const TokenBody = v.object({
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TOKEN_CHARACTERS)),
  // What only a warning hangs on must not cost a good token.
  sessionExpiresInMs: v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined),
});

const RefusalBody = v.object({ code: v.string() });
/** Beside `forbidden`, for somebody who is banned; null where it has no end, or no words. */
const BanBody = v.object({
  reason: v.literal("banned"),
  until: v.nullable(v.number()),
  note: v.nullable(v.string()),
});

export interface TokenDeps {
  fetch: typeof fetch;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/**
 * Asks the app for one token. Resolves once, never rejects; the request is aborted after 10 s or by
 * `signal`, and a `fetch` that ignores the abort is not waited for.
 */
export function requestToken(
  deps: TokenDeps,
  { url, room, use, signal }: { url: string; room: string; use: string; signal: AbortSignal },
): Promise<TokenAnswer> {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const settle = (answer: TokenAnswer) => {
      deps.clearTimeout(timeout);
      signal.removeEventListener("abort", giveUp);
      resolve(answer);
    };
    const giveUp = () => {
      settle({ kind: "later" });
      abort.abort();
    };
    const timeout = deps.setTimeout(giveUp, TOKEN_REQUEST_TIMEOUT_MS);
    signal.addEventListener("abort", giveUp, { once: true });
    ask(deps.fetch, url, { room, use }, abort.signal).then(settle, () => settle({ kind: "later" }));
  });
}

async function ask(
  fetcher: typeof fetch,
  url: string,
  body: { room: string; use: string },
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const response = await fetcher(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    credentials: "same-origin",
    // A redirect would be a sign-in page or a captive portal, and neither has tokens.
    redirect: "error",
    signal,
  });
  if (response.status === 200) {
    const parsed = v.safeParse(TokenBody, await readJson(response));
    if (!parsed.success) return { kind: "later" };
    const { token, sessionExpiresInMs: sessionEndsInMs } = parsed.output;
    return { kind: "token", token, ...(sessionEndsInMs !== undefined && { sessionEndsInMs }) };
  }
  const verdict = VERDICTS[response.status];
  if (verdict) {
    const body = await readJson(response);
    const parsed = v.safeParse(RefusalBody, body);
    if (parsed.success && parsed.output.code === verdict.code) {
      return verdict.answer.kind === "forbidden" ? forbidden(body) : verdict.answer;
    }
  }
  const retryAfterMs = retryAfter(response.headers);
  return { kind: "later", ...(retryAfterMs !== null && { retryAfterMs }) };
}

function forbidden(body: unknown): TokenAnswer {
  const parsed = v.safeParse(BanBody, body);
  if (!parsed.success) return { kind: "forbidden" };
  const { until, note } = parsed.output;
  const ban = { ...(until !== null && { until }), ...(note !== null && { reason: note }) };
  return { kind: "forbidden", ban };
}

/** Null for what is no JSON, or too much of it. */
async function readJson(response: Response): Promise<unknown> {
  const text = await readBounded(response, MAX_ANSWER_BYTES);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * RFC 9110 section 10.2.3: seconds, or a date, as what stands before an app may say it. A date is
 * counted from the answer's own `Date`, so that no clock of ours has to be right.
 */
function retryAfter(headers: Headers): number | null {
  const ms = waitOf(headers.get("retry-after")?.trim() ?? "", headers.get("date") ?? "");
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}

function waitOf(given: string, date: string): number {
  if (/^\d+$/.test(given)) return Number(given) * 1000;
  return HTTP_DATE.test(given) ? Date.parse(given) - Date.parse(date) : NaN;
}
