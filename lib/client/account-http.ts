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

/** Sends JSON to one of our routes; null where no answer came. */
export async function send(method: string, path: string, body?: unknown): Promise<Answer | null> {
  const json = body === undefined ? null : JSON.stringify(body);
  return ask(path, {
    method,
    ...(json !== null && { body: json, headers: { "content-type": "application/json" } }),
  });
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

async function ask(path: string, init: RequestInit): Promise<Answer | null> {
  try {
    const response = await fetch(path, {
      ...init,
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    return {
      status: response.status,
      body: await response.json().catch(() => null),
      retryAfterSeconds: seconds > 0 ? Math.ceil(seconds) : DEFAULT_WAIT_SECONDS,
    };
  } catch {
    return null;
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
