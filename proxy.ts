import { type NextRequest, NextResponse } from "next/server";
import { API_POLICY } from "@/lib/api/errors";
import { sessionCookieName } from "@/lib/auth/cookies";
import { contentSecurityPolicy } from "@/lib/env/csp";
import { appUrl, originOf } from "@/lib/env/hosts";
import { REQUEST_ID_HEADER, requestIdOf } from "@/lib/observe/request-id";

/** Two years, as preload lists ask. */
const HSTS = "max-age=63072000; includeSubDomains";
const PROVIDERS = [
  {
    variable: "GITHUB_ID",
    signIn: "https://github.com",
    pictures: "https://avatars.githubusercontent.com",
  },
  {
    variable: "GOOGLE_ID",
    signIn: "https://accounts.google.com",
    pictures: "https://*.googleusercontent.com",
  },
];
const isConfigured = ({ variable }: { variable: string }): boolean =>
  Boolean(process.env[variable]);
const MEMBERS_ONLY = /^\/(admin|invite|rooms|settings)(\/|$)/;

/**
 * Headers that depend on the request or on the running process, and a polite redirect. It guards
 * nothing: every page and route asks lib/auth/session.ts for itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const https = originOf(appUrl(process.env))?.startsWith("https:") ?? false;
  const id = requestIdOf(request.headers, before(), () => crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID_HEADER, id);
  const ours = (response: NextResponse): NextResponse => withTransport(response, { https, id });
  if (pathname.startsWith("/api/") || pathname.startsWith("/.well-known/")) {
    return ours(NextResponse.next({ request: { headers } }));
  }
  if (MEMBERS_ONLY.test(pathname) && !request.cookies.has(sessionCookieName(https))) {
    return ours(toSignIn(`${pathname}${search}`));
  }

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    https,
    partyHost: process.env.PARTY_HOST || "127.0.0.1:1999",
    formTargets: PROVIDERS.filter(isConfigured).map(({ signIn }) => signIn),
    pictureSources: PROVIDERS.filter(isConfigured).map(({ pictures }) => pictures),
    development: process.env.NODE_ENV === "development",
  });
  // Next takes the nonce for its own scripts from the request's policy; ours replaces the visitor's.
  headers.delete("content-security-policy-report-only");
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return ours(response);
}

const before = () => ({
  vercel: Boolean(process.env.VERCEL),
  proxy: process.env.TRUST_PROXY === "1",
});

function withTransport(
  response: NextResponse,
  { https, id }: { https: boolean; id: string },
): NextResponse {
  response.headers.set(REQUEST_ID_HEADER, id);
  if (https) response.headers.set("strict-transport-security", HSTS);
  return response;
}

/** The configured origin, never the request's `Host`, which the visitor chooses. */
function toSignIn(returnTo: string): NextResponse {
  const origin = originOf(appUrl(process.env)) ?? "http://localhost:3000";
  const url = new URL("/sign-in", origin);
  url.searchParams.set("callbackUrl", returnTo);
  return NextResponse.redirect(url, {
    status: 307,
    headers: { "cache-control": "no-store", "content-security-policy": API_POLICY },
  });
}

export const config = {
  // Static files have a policy of their own in next.config.mjs.
  matcher: ["/((?!_next/static/).*)"],
};
