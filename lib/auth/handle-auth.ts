import "server-only";
import type { Accounts } from "../accounts/port";
import { readText } from "../api/body";
import { answer, API_POLICY, Refusal } from "../api/errors";
import { logEvent } from "../api/log";
import { requireSameOrigin } from "../api/same-origin";
import type { ServerEnv } from "../env/server";
import { REPLACED_BY_SIGN_IN } from "../protocol/codes";
import { clientAddress } from "./address";
import { isOffered } from "./auth-paths";
import { parseCookies } from "./cookie-header";
import { clearSessionCookie, sessionCookieName } from "./cookies";
import { endSession } from "./end-session";
import { signInErrorOf } from "./error-codes";
import { callNextAuth } from "./next-auth-call";
import { type AuthRequest, authOptions } from "./options";
import { sameOriginPath } from "./return-to";
import { checkSession, sessionIdOf } from "./session-check";

export interface AuthContext {
  accounts: Accounts;
  env: ServerEnv;
  now: number;
}

const MAX_DEVICE_CHARACTERS = 256;

/** Everything under `/api/auth/`. `action` is the path behind it, in parts. */
export async function handleAuth(
  request: Request,
  action: string[],
  { accounts, env, now }: AuthContext,
): Promise<Response> {
  const [name = ""] = action;
  if (!isOffered(request.method, action, env)) throw new Refusal("not_found");
  const cookies = parseCookies(request.headers.get("cookie"));
  const cookie = cookies[sessionCookieName(env.https)];
  if (name === "session") return sessionAnswer(cookie, { accounts, env, now });
  if (name === "error") return backToSignIn(new URL(request.url).searchParams.get("error"));
  if (request.method === "POST") requireSameOrigin(request.headers, env.origin);

  const visit: AuthRequest = {
    accounts,
    env,
    now,
    address: clientAddress(request.headers, env.trustForwardedFor),
    device: (request.headers.get("user-agent") ?? "").slice(0, MAX_DEVICE_CHARACTERS),
  };
  const response = await callNextAuth(
    {
      method: request.method,
      action,
      query: withSafeReturn(Object.fromEntries(new URL(request.url).searchParams), env.origin),
      headers: Object.fromEntries(request.headers),
      cookies: withoutJunk(cookies, env.origin),
      body: await formOf(request),
    },
    authOptions(visit),
  );
  // The row could not be written: the person is still signed in, so the cookie stays too.
  if (name === "signout" && visit.trouble) throw visit.trouble;
  if (name === "callback") await endReplacedSession(response, cookie, { accounts, env, now });
  return withStatus(response, visit);
}

/**
 * Our own answer in place of NextAuth's, which would prolong the session with each call and take a
 * database that is down for a sign-out. The cookie is never set here, only taken away.
 */
async function sessionAnswer(cookie: string | undefined, context: AuthContext): Promise<Response> {
  const { accounts, env, now } = context;
  const active = await checkSession(cookie, { accounts, secret: env.secret, now });
  if (!active) {
    return answer(200, {}, cookie ? { "set-cookie": clearSessionCookie(env.https) } : {});
  }
  const { id, name, email, picture } = active.person;
  return answer(200, {
    user: { id, name, email, image: picture },
    expires: new Date(active.session.expiresAt).toISOString(),
  });
}

/** Session fixation: whoever signs in anew leaves no older session of this browser behind. */
async function endReplacedSession(
  response: Response,
  cookie: string | undefined,
  { accounts, env, now }: AuthContext,
): Promise<void> {
  const name = sessionCookieName(env.https);
  const signedIn = response.headers.getSetCookie().some((line) => {
    const value = line.startsWith(`${name}=`) ? line.slice(name.length + 1).split(";")[0] : "";
    return value !== "" && value !== cookie;
  });
  const old = signedIn ? await sessionIdOf(cookie, env.secret) : null;
  if (old) await endSession(accounts, old.sid, REPLACED_BY_SIGN_IN, now);
}

/** NextAuth answers a throttled or failed sign-in like a wrong password; HTTP has words for each. */
async function withStatus(response: Response, visit: AuthRequest): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  if (response.status >= 400 && !type.includes("json")) {
    // NextAuth's own sentence, which is for developers.
    logEvent("next_auth_refused", { status: response.status });
    throw new Refusal(response.status >= 500 ? "internal" : "bad_request");
  }
  if (response.status !== 401 || !type.includes("json")) return response;
  const body: unknown = await response.json();
  const url = (body as { url?: unknown }).url;
  const { error, seconds } = signInErrorOf(
    typeof url === "string" ? new URL(url, visit.env.origin).searchParams.get("error") : null,
  );
  const headers = new Headers(response.headers);
  const status = error === "throttled" ? 429 : error === "unavailable" ? 503 : 401;
  if (status !== 401) headers.set("retry-after", String(seconds ?? 2));
  return new Response(JSON.stringify(body), { status, headers });
}

/** NextAuth's error page, as a redirect with one of our own words; foreign text goes nowhere. */
function backToSignIn(given: string | null): Response {
  const { error, seconds } = signInErrorOf(given);
  const word = seconds === undefined ? error : `${error}:${seconds}`;
  const location = `/sign-in?error=${encodeURIComponent(word)}`;
  const headers = {
    location,
    "cache-control": "no-store",
    "content-security-policy": API_POLICY,
  };
  return new Response(null, { status: 302, headers });
}

/** NextAuth answers 500 to an address that it cannot parse; such a one is as good as none. */
function withSafeReturn(query: Record<string, string>, origin: string): Record<string, string> {
  if (query.callbackUrl === undefined || sameOriginPath(query.callbackUrl, origin)) return query;
  return { ...query, callbackUrl: "/rooms" };
}

function withoutJunk(cookies: Record<string, string>, origin: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cookies).filter(
      ([name, value]) => !name.endsWith("next-auth.callback-url") || sameOriginPath(value, origin),
    ),
  );
}

/** The posted fields, each a text; whatever else JSON could hold is left out. */
async function formOf(request: Request): Promise<Record<string, string> | undefined> {
  if (request.method !== "POST") return undefined;
  const type = request.headers.get("content-type") ?? "";
  const text = await readText(request);
  if (type.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (!type.includes("application/json")) throw new Refusal("unsupported_media_type");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("bad_request");
  }
  const fields = Object.entries(typeof value === "object" && value !== null ? value : {});
  return Object.fromEntries(
    fields
      .map(([name, field]) => [name, field === true ? "true" : field] as const)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
