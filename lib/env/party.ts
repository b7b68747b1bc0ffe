import { ADJUSTABLE, GRACE_SECONDS } from "../protocol/limits";
import { isLoopback } from "../protocol/address";
import { isKeyAddress, parseIssuers, type TrustedIssuer } from "./issuers";
import { type OriginTest, parsePreviewPattern } from "./previews";
import { ConfigurationProblem } from "./problem";
import { isOpenKey } from "./public-keys";
import { requireStrongSecret } from "./secret";

/** An Ed25519 public key (RFC 8037) of the party's key set. */
export interface VerifyingKey {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid: string;
  alg: "EdDSA";
  use: "sig";
}

export interface Previews {
  isPreview: OriginTest;
  jwks: { keys: VerifyingKey[] };
}

/** The party's settings, checked. */
export interface PartyEnv {
  /** The keys themselves, or the address where the app publishes them. */
  jwks: { keys: VerifyingKey[] } | URL;
  /** Whose tokens are taken beside the app's; none by default. */
  trustedIssuers: readonly TrustedIssuer[];
  /** Allowed `Origin`s; the first is the issuer of party tokens. */
  origins: readonly [string, ...string[]];
  /** Previews of the app: which origins they have, and the keys that sign for them alone. */
  previews: Previews | null;
  graceMs: number;
  /** The shared secret for other servers; null: off. */
  apiKey: string | null;
  /** The gate keeps the client's socket and passes frames on (PARTY_RELAY); see party/loopback.ts. */
  loopback: boolean;
  /** Over how many relays a room's sockets are spread; 0: the room holds them itself. */
  relays: number;
  limits: {
    messagesPerSecond: number;
    messagesPerMinute: number;
    connectionsPerRoom: number;
    connectionsPerPerson: number;
  };
}

type Given = Record<string, unknown>;

const KEY_SET = "PARTY_TOKEN_JWKS";
const PREVIEW_KEY_SET = "PARTY_PREVIEW_JWKS";
const MAX_KEYS = 4;
/** What only the app may hold. A party that could mint would be worth breaking into. */
const APP_SECRETS = [
  "PARTY_TOKEN_PRIVATE_JWK",
  "NEXTAUTH_SECRET",
  "DATABASE_AUTH_TOKEN",
  "GITHUB_SECRET",
  "GOOGLE_SECRET",
];

/**
 * Reads and checks the party's environment. Pure.
 * @throws ConfigurationProblem naming the first variable that is missing or wrong.
 */
export function parsePartyEnv(given: Given): PartyEnv {
  for (const name of APP_SECRETS) {
    if (given[name]) {
      throw new ConfigurationProblem(name, "is the app's secret.", "Take it from the party.");
    }
  }
  const { exact, patterns } = origins(text(given, "APP_ORIGINS"));
  const jwks = keySet(text(given, KEY_SET));
  return {
    jwks,
    trustedIssuers: parseIssuers(text(given, "PARTY_TRUSTED_ISSUERS"), exact),
    origins: exact,
    previews: previews(patterns, text(given, PREVIEW_KEY_SET), jwks),
    graceMs: integer(given, "PARTY_GRACE_SECONDS", GRACE_SECONDS) * 1000,
    apiKey: given.PARTY_API_KEY
      ? requireStrongSecret("PARTY_API_KEY", text(given, "PARTY_API_KEY"))
      : null,
    loopback: text(given, "PARTY_RELAY") === "1",
    relays: limit(given, "ROOM_RELAYS"),
    limits: {
      messagesPerSecond: limit(given, "LIMIT_MESSAGES_PER_SECOND"),
      messagesPerMinute: limit(given, "LIMIT_MESSAGES_PER_MINUTE"),
      connectionsPerRoom: limit(given, "LIMIT_CONNECTIONS_PER_ROOM"),
      connectionsPerPerson: limit(given, "LIMIT_CONNECTIONS_PER_PERSON"),
    },
  };
}

function text(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === "string" ? value.trim() : undefined;
}

function keySet(value: string | undefined): PartyEnv["jwks"] {
  if (value && /^https?:/i.test(value)) {
    if (isKeyAddress(value)) return new URL(value);
    throw keyProblem(KEY_SET)("is no address that keys may come from: https, without a password.");
  }
  return givenKeys(KEY_SET, value);
}

const keyProblem = (variable: string) => (what: string) =>
  new ConfigurationProblem(
    variable,
    what,
    "It is what the app serves at /.well-known/jwks.json, or that address; `npm start` makes one locally.",
  );

function givenKeys(variable: string, value: string | undefined): { keys: VerifyingKey[] } {
  const problem = keyProblem(variable);
  if (!value) throw problem("is missing.");
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw problem("is not JSON.");
  }
  const keys = isRecord(parsed) && Array.isArray(parsed.keys) ? parsed.keys : [];
  if (keys.length < 1 || keys.length > MAX_KEYS) throw problem(`needs 1 to ${MAX_KEYS} keys.`);
  if (keys.some((key) => isRecord(key) && "d" in key)) throw problem("holds a private key.");
  if (!keys.every(isPublicKey)) throw problem("holds something else than Ed25519 keys with a kid.");
  if (keys.some(({ x }) => isOpenKey(x))) throw problem("holds a key that anybody can sign with.");
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw problem("names a kid twice.");
  return {
    keys: keys.map(({ x, kid }) => ({
      ...{ kty: "OKP", crv: "Ed25519", x, kid, alg: "EdDSA", use: "sig" },
    })),
  };
}

/**
 * What runs in a preview nobody has reviewed, so it signs with a key of its own, which opens none of
 * the rooms of the app itself.
 */
function previews(
  patterns: OriginTest[],
  value: string | undefined,
  own: PartyEnv["jwks"],
): Previews | null {
  if (patterns.length === 0 && !value) return null;
  const problem = (what: string) =>
    new ConfigurationProblem(
      PREVIEW_KEY_SET,
      what,
      "Previews need both: a pattern in APP_ORIGINS, and the public set of a key of their own (docs/DEPLOY.md).",
    );
  if (!value) throw problem("is missing while APP_ORIGINS has a pattern.");
  if (patterns.length === 0) throw problem("is set while APP_ORIGINS has no pattern.");
  const jwks = givenKeys(PREVIEW_KEY_SET, value);
  const ownKeys = own instanceof URL ? [] : own.keys;
  if (jwks.keys.some(({ x }) => ownKeys.some((key) => key.x === x))) {
    throw problem("holds a key of the app itself.");
  }
  return { isPreview: (origin) => patterns.some((fits) => fits(origin)), jwks };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isPublicKey(key: unknown): key is { x: string; kid: string } {
  return (
    isRecord(key) &&
    key.kty === "OKP" &&
    key.crv === "Ed25519" &&
    typeof key.x === "string" &&
    /^[A-Za-z0-9_-]{43}$/.test(key.x) &&
    typeof key.kid === "string" &&
    /^[A-Za-z0-9_.-]{1,64}$/.test(key.kid)
  );
}

function origins(value: string | undefined): {
  exact: [string, ...string[]];
  patterns: OriginTest[];
} {
  const problem = (what: string) =>
    new ConfigurationProblem(
      "APP_ORIGINS",
      what,
      "Give the app's origin, e.g. https://app.example.com; several with commas.",
    );
  const entries = (value ?? "").split(",").map((origin) => origin.trim());
  if (entries[0]?.includes("*")) throw problem("begins with a pattern; the first is the issuer.");
  const patterns = entries.filter((entry) => entry.includes("*")).map(parsePreviewPattern);
  const [first, ...others] = entries.filter((entry) => !entry.includes("*"));
  if (!first) throw problem("is missing.");
  for (const origin of [first, ...others]) {
    const url = parseUrl(origin);
    if (url?.origin !== origin || !/^https?:$/.test(url.protocol))
      throw problem("holds something that is no origin.");
    if (url.protocol === "http:" && !isLoopback(url.hostname)) {
      throw problem("has plain http where the wire is not this machine.");
    }
  }
  if ([first, ...others].some((origin) => patterns.some((fits) => fits(origin)))) {
    throw problem("has a pattern that fits the app itself.");
  }
  return { exact: [first, ...others], patterns };
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const limit = (given: Given, name: keyof typeof ADJUSTABLE) =>
  integer(given, name, ADJUSTABLE[name]);

function integer(
  given: Given,
  name: string,
  { default: fallback, min, max }: { default: number; min: number; max: number },
): number {
  const value = text(given, name);
  if (value === undefined || value === "") return fallback;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  throw new ConfigurationProblem(
    name,
    `is not a whole number from ${min} to ${max}.`,
    "Unset it for the default.",
  );
}
