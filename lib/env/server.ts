import "server-only";
import { ADJUSTABLE, LEASE_SECONDS, SESSION_SECONDS, TOKEN_SECONDS } from "../protocol/limits";
import { isLoopback, partyOrigins } from "../protocol/address";
import { appUrl, originOf } from "./hosts";
import { parseKeySet, parsePrivateJwk, type PrivateJwk, type PublicJwk } from "./keys";
import { ConfigurationProblem } from "./problem";
import { requireStrongSecret } from "./secret";

export interface OAuthPair {
  clientId: string;
  clientSecret: string;
}

/** The app's settings, checked. */
export interface ServerEnv {
  production: boolean;
  /** Origin of the app: NextAuth's address and the issuer of party tokens. */
  origin: string;
  /** Cookies are `Secure` and HSTS is sent. */
  https: boolean;
  secret: string;
  /** The absolute length of a login session. */
  sessionSeconds: number;
  database: { url: string; authToken: string | undefined };
  signingKey: PrivateJwk;
  publicKeys: PublicJwk[];
  partyHost: string;
  party: { http: string; ws: string };
  tokenSeconds: number;
  leaseSeconds: number;
  limits: { signUpsPerHour: number; signInFailures: number; tokensPerMinute: number };
  github: OAuthPair | null;
  google: OAuthPair | null;
  /** Where ranges of breached passwords are asked for, without a slash at the end; null: nowhere. */
  passwordRangeUrl: string | null;
  /** A proxy that we run sets X-Forwarded-For; without one the header is the visitor's own text. */
  trustForwardedFor: boolean;
  /** Opens /api/metrics; null: off. */
  metricsToken: string | null;
}

type Given = Record<string, string | undefined>;

/** Beside the session secret and the signing key: what must be nobody's second use. */
const SECRETS = [
  ...["PARTY_API_KEY", "DATABASE_AUTH_TOKEN", "METRICS_TOKEN"],
  ...["GITHUB_SECRET", "GOOGLE_SECRET"],
] as const;

/**
 * Reads and checks the app's environment. Pure.
 * @throws ConfigurationProblem naming the first variable that is missing or wrong.
 */
export function parseServerEnv(given: Given): ServerEnv {
  const production = given.NODE_ENV === "production";
  const origin = requireOrigin(appUrl(given), production);
  const secret = requireStrongSecret("NEXTAUTH_SECRET", given.NEXTAUTH_SECRET);
  const signingKey = parsePrivateJwk(given.PARTY_TOKEN_PRIVATE_JWK);
  refuseShared(given, secret, signingKey);
  const partyHost = given.PARTY_HOST || "127.0.0.1:1999";
  return {
    production,
    origin,
    https: origin.startsWith("https:"),
    secret,
    sessionSeconds: integer(given, "SESSION_SECONDS", SESSION_SECONDS),
    database: requireDatabase(given),
    signingKey,
    publicKeys: parseKeySet(signingKey, given.PARTY_TOKEN_JWKS),
    partyHost,
    party: requireParty(partyHost, production && !isLoopback(new URL(origin).hostname)),
    tokenSeconds: integer(given, "PARTY_TOKEN_SECONDS", TOKEN_SECONDS),
    leaseSeconds: integer(given, "PARTY_LEASE_SECONDS", LEASE_SECONDS),
    limits: {
      signUpsPerHour: limit(given, "LIMIT_SIGN_UPS_PER_HOUR"),
      signInFailures: limit(given, "LIMIT_SIGN_IN_FAILURES"),
      tokensPerMinute: limit(given, "LIMIT_TOKENS_PER_MINUTE"),
    },
    github: pair(given, "GITHUB"),
    google: pair(given, "GOOGLE"),
    passwordRangeUrl: rangeUrl(given.PASSWORD_RANGE_URL),
    trustForwardedFor: Boolean(given.VERCEL) || given.TRUST_PROXY === "1",
    metricsToken: given.METRICS_TOKEN
      ? requireStrongSecret("METRICS_TOKEN", given.METRICS_TOKEN)
      : null,
  };
}

let parsed: ServerEnv | undefined;

/** The app's settings, read once. Boot (instrumentation.ts) has called this before any request. */
export function serverEnv(): ServerEnv {
  return (parsed ??= parseServerEnv(process.env));
}

function requireOrigin(url: string | undefined, production: boolean): string {
  const remedy = "Set it to the app's address, like https://app.example.com.";
  if (!url) throw new ConfigurationProblem("NEXTAUTH_URL", "is missing.", remedy);
  const origin = originOf(url);
  if (!origin) throw new ConfigurationProblem("NEXTAUTH_URL", "is not an address.", remedy);
  // NextAuth would take a path as its own mount point and lose /api/auth.
  if (!["/", "/api/auth"].includes(new URL(url).pathname)) {
    throw new ConfigurationProblem("NEXTAUTH_URL", "has a path.", remedy);
  }
  if (production && origin.startsWith("http:") && !isLoopback(new URL(origin).hostname)) {
    throw new ConfigurationProblem("NEXTAUTH_URL", "is plain http in production.", remedy);
  }
  return origin;
}

function requireParty(host: string, forOthers: boolean): { http: string; ws: string } {
  const remedy = "Give the name, with a port where needed, and no scheme: party.example.com";
  const origins = partyOrigins(host);
  if (!origins) throw new ConfigurationProblem("PARTY_HOST", "is not a host.", remedy);
  // Else every visitor's page would look, without TLS, for a party on the visitor's own machine.
  if (forOthers && isLoopback(new URL(origins.http).hostname)) {
    const what = "is missing, or this machine, while the app serves others.";
    throw new ConfigurationProblem("PARTY_HOST", what, remedy);
  }
  return origins;
}

function requireDatabase(given: Given): ServerEnv["database"] {
  const url = given.DATABASE_URL || "file:.guestlist/app.db";
  if (!/^(file:.|(libsql|https):\/\/.)/.test(url)) {
    throw new ConfigurationProblem(
      "DATABASE_URL",
      "is not a libSQL address.",
      "Use file:path/to/app.db, or libsql://… of a hosted database.",
    );
  }
  return { url, authToken: given.DATABASE_AUTH_TOKEN || undefined };
}

function rangeUrl(text: string | undefined): string | null {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (!url || !safe || url.username || url.password || url.search || url.hash) {
    throw new ConfigurationProblem(
      "PASSWORD_RANGE_URL",
      "is no address that ranges may come from: https, nothing behind its path.",
      "Give https://api.pwnedpasswords.com/range, or unset it to ask nobody.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

function refuseShared(given: Given, secret: string, key: PrivateJwk): void {
  const owners = new Map<string, string>();
  for (const [name, value] of [
    ["NEXTAUTH_SECRET", secret],
    ["PARTY_TOKEN_PRIVATE_JWK", key.d],
    ...SECRETS.map((name) => [name, given[name]] as const),
  ] as const) {
    if (!value) continue;
    const owner = owners.get(value);
    if (owner !== undefined) {
      throw new ConfigurationProblem(
        owner,
        `is used for two purposes, ${name} too.`,
        "Each secret needs its own value: openssl rand -base64 32",
      );
    }
    owners.set(value, name);
  }
}

function limit(given: Given, name: keyof typeof ADJUSTABLE): number {
  return integer(given, name, ADJUSTABLE[name]);
}

function integer(
  given: Given,
  name: string,
  bounds: { default: number; min: number; max: number },
): number {
  const text = given[name];
  if (text === undefined || text === "") return bounds.default;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  throw new ConfigurationProblem(
    name,
    "is out of range.",
    `Give a whole number from ${bounds.min} to ${bounds.max}; unset it means ${bounds.default}.`,
  );
}

function pair(given: Given, provider: "GITHUB" | "GOOGLE"): OAuthPair | null {
  const clientId = given[`${provider}_ID`];
  const clientSecret = given[`${provider}_SECRET`];
  if (!clientId && !clientSecret) return null;
  if (clientId && clientSecret) return { clientId, clientSecret };
  throw new ConfigurationProblem(
    clientId ? `${provider}_SECRET` : `${provider}_ID`,
    `is missing while ${clientId ? `${provider}_ID` : `${provider}_SECRET`} is set.`,
    "Set both, or neither to leave this provider out.",
  );
}
