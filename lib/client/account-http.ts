import * as v from "valibot";

/** Plain requests to our own origin, without next-auth/react. */

const REQUEST_TIMEOUT_MS = 15_000;
/** Where the server asks to wait without saying how long. */
const DEFAULT_WAIT_SECONDS = 30;

export type Fields<K extends string> = Partial<Record<K, string>>;

export interface Answer {
  status: number;
  body: unknown;
  retryAfterSeconds: number;
}

/** What ends each question that is being asked; null while none may be. */
let questions: Set<AbortController> | null = new Set();

/**
 * Gives up what is being asked, and asks nothing until the returned function is called: a session that
 * is about to end would answer with refusals. What changes something is sent all the same.
 */
export function holdQuestions(): () => void {
  questions?.forEach((question) => question.abort());
  questions = null;
  return () => void (questions ??= new Set());
}

/** Sends JSON to one of our routes; null where no answer came. */
export async function send(method: string, path: string, body?: unknown): Promise<Answer | null> {
  if (method === "GET") return question(path);
  const json = body === undefined ? null : JSON.stringify(body);
  return ask(path, {
    method,
    ...(json !== null && { body: json, headers: { "content-type": "application/json" } }),
  });
}

async function question(path: string): Promise<Answer | null> {
  if (!questions) return null;
  const [among, ending] = [questions, new AbortController()];
  among.add(ending);
  const answer = await ask(path, {}, ending);
  among.delete(ending);
  return answer;
}

/** NextAuth's form routes ask for the double-submitted CSRF token and answer `{url}`. */
export async function postAuth(
  action: string,
  fields: Record<string, string>,
): Promise<Answer | null> {
  const csrf = await ask("/api/auth/csrf", {});
  const token = v.safeParse(v.object({ csrfToken: v.string() }), csrf?.body);
  if (!token.success) return null;
  const body = new URLSearchParams({ ...fields, csrfToken: token.output.csrfToken, json: "true" });
  return ask(`/api/auth/${action}`, { method: "POST", body });
}

async function ask(
  path: string,
  init: RequestInit,
  ending = new AbortController(),
): Promise<Answer | null> {
  const late = setTimeout(() => ending.abort(), REQUEST_TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      ...init,
      cache: "no-store",
      credentials: "same-origin",
      signal: ending.signal,
    });
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    return {
      status: response.status,
      body: await response.json().catch(() => null),
      retryAfterSeconds: seconds > 0 ? Math.ceil(seconds) : DEFAULT_WAIT_SECONDS,
    };
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

/** Reads a refusal into the codes and fields that the caller knows; anything else is `unavailable`. */
export function refusal<C extends string, K extends string>(
  answer: Answer | null,
  codes: readonly C[],
  names: readonly K[],
): {
  ok: false;
  code: C | "unavailable";
  fields?: Fields<K>;
  retryAfterSeconds?: number;
} {
  const parsed = v.safeParse(
    v.object({ code: v.string(), fields: v.optional(v.record(v.string(), v.string())) }),
    answer?.body,
  );
  const code = parsed.success && codes.find((known) => known === parsed.output.code);
  if (!answer || !code) return { ok: false, code: "unavailable" };
  const fields: Fields<K> = {};
  for (const name of names) {
    const text = parsed.success ? parsed.output.fields?.[name] : undefined;
    if (text) fields[name] = text;
  }
  return {
    ok: false,
    code,
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(answer.status === 429 && { retryAfterSeconds: answer.retryAfterSeconds }),
  };
}

export function urlOf(body: unknown): string | null {
  const parsed = v.safeParse(v.object({ url: v.string() }), body);
  return parsed.success ? parsed.output.url : null;
}

/** True where NextAuth sends the page to an error, or gives no address at all. */
export const errorOf = (body: unknown): boolean => {
  const url = urlOf(body);
  return url === null || /[?&](error|csrf)=/.test(url);
};
