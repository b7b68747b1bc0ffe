import * as v from "valibot";
import { isLoopback } from "../protocol/address";
import { LEASE_SECONDS, OUTSIDE_TOKEN_SECONDS } from "../protocol/limits";
import { Role } from "../protocol/values";
import { ConfigurationProblem } from "./problem";

const VARIABLE = "PARTY_TRUSTED_ISSUERS";
const MAX_ISSUERS = 4;

/** Asymmetric ones only (RFC 7518, RFC 8037): who verifies must not be able to mint. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA"],
];

const ClaimName = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
/** `lobby`, or `ext-*` for every room whose id begins so. */
const RoomRule = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}\*?$/));
const Seconds = (max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(max));

const Issuer = v.strictObject({
  /** Stands before the ids of its people, so that none of them can be one of ours. */
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,16}$/)),
  /** The exact `iss`. */
  issuer: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  /** The `aud` that must be there. */
  audience: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  /** Where its public keys are published. */
  jwks: v.pipe(
    v.string(),
    v.check(isKeyAddress),
    v.transform((text) => new URL(text)),
  ),
  algorithms: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.check((name) => ALGORITHMS.includes(name)),
      ),
    ),
    v.minLength(1),
  ),
  /** The `typ` of its tokens; null where they have none. */
  type: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+./-]{1,64}$/))), "JWT"),
  /** Which claims say who, and in which of the rooms; `sid`, `role` and `room` only where named. */
  claims: v.optional(
    v.strictObject({
      sub: v.optional(ClaimName, "sub"),
      name: v.optional(ClaimName, "name"),
      picture: v.optional(ClaimName, "picture"),
      sid: v.optional(ClaimName),
      role: v.optional(ClaimName),
      room: v.optional(ClaimName),
    }),
    {},
  ),
  /** The role where no claim is named for it. */
  role: v.optional(Role, "member"),
  rooms: v.optional(v.pipe(v.array(RoomRule), v.minLength(1))),
  leaseSeconds: v.optional(Seconds(LEASE_SECONDS.max), LEASE_SECONDS.default),
  /** `exp - iat`, at the most. */
  maxLifeSeconds: v.optional(Seconds(OUTSIDE_TOKEN_SECONDS), 3_600),
});

/** An issuer beside the app whose tokens open some rooms. */
export type TrustedIssuer = v.InferOutput<typeof Issuer>;

/**
 * The issuers that are trusted beside the app; none unless the variable is set.
 * @throws ConfigurationProblem naming the entry and the field
 */
export function parseIssuers(
  text: string | undefined,
  ownOrigins: readonly string[],
): TrustedIssuer[] {
  if (!text) return [];
  const problem = (what: string) =>
    new ConfigurationProblem(
      VARIABLE,
      what,
      "docs/PROTOCOL.md shows an entry; unset it means none.",
    );
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw problem("is not JSON.");
  }
  if (!Array.isArray(given) || given.length < 1 || given.length > MAX_ISSUERS) {
    throw problem(`is not a list of 1 to ${MAX_ISSUERS} issuers.`);
  }
  const issuers = given.map((entry, index) => {
    const parsed = v.safeParse(Issuer, entry);
    if (parsed.success) return parsed.output;
    const field = v.getDotPath(parsed.issues[0]) ?? "the whole";
    throw problem(`has a wrong "${field}" in entry ${index + 1}.`);
  });
  for (const { issuer, rooms, claims } of issuers) {
    if (ownOrigins.includes(issuer)) throw problem("names the app itself.");
    if (!rooms && !claims.room)
      throw problem(`says no rooms for ${issuer}: "rooms" or "claims.room".`);
  }
  for (const field of ["name", "issuer"] as const) {
    if (new Set(issuers.map((one) => one[field])).size < issuers.length) {
      throw problem(`has the same "${field}" twice.`);
    }
  }
  return issuers;
}

/** Keys that anybody on the way could exchange would be no keys. */
export function isKeyAddress(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  if (url.username || url.password || url.hash) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}
