import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import * as v from "valibot";
import { MAX_TOKEN_CHARACTERS } from "../protocol/limits";
import {
  Claims,
  CLOCK_TOLERANCE_SECONDS,
  MAX_TOKEN_LIFE_SECONDS,
  TOKEN_ALG,
  TOKEN_AUDIENCE,
  TOKEN_TYP,
  type TokenUse,
} from "./claims";

/** Why a token was refused. For logs and counters; whoever presented it learns nothing of it. */
export type Refusal =
  /** Not three canonical base64url parts with a header of ours. */
  | "malformed"
  /** No key of the set, or the signature does not fit. */
  | "forged"
  /** Genuine, but its claims are not those of a party token of this app. */
  | "claims"
  /** Genuine, but minted for another use. */
  | "wrong_use"
  /** Genuine, but of a clock that runs ahead. */
  | "future"
  /** The check itself failed. */
  | "unverifiable";

export type Verified =
  | { ok: true; claims: Claims }
  /** Genuine in every respect, but presented too late. */
  | { ok: false; reason: "expired"; claims: Claims }
  | { ok: false; reason: Refusal };

export interface Verifier {
  /** `now` in milliseconds since the Unix epoch. Never rejects. */
  verify(token: unknown, expected: { use: TokenUse; now: number }): Promise<Verified>;
}

const PART = /^[A-Za-z0-9_-]+$/;
const HEADER_NAMES = new Set(["alg", "typ", "kid"]);

const Header = v.object({
  alg: v.literal(TOKEN_ALG),
  typ: v.literal(TOKEN_TYP),
  kid: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
});

/**
 * Checks party tokens (CONTRACT section 4; RFC 7519, RFC 8725, RFC 8037) in Node and workerd alike.
 * @param jwks public Ed25519 keys with `kid`: the current and the previous one (RFC 7517)
 * @param issuer the app's origin, compared as it is
 */
export function createVerifier({
  jwks,
  issuer,
}: {
  jwks: JSONWebKeySet;
  issuer: string;
}): Verifier {
  const kids = new Set(jwks.keys.map((key) => key.kid));
  const keys = createLocalJWKSet(jwks);

  return {
    async verify(token, { use, now }) {
      const header = readHeader(token);
      if (!header) return { ok: false, reason: "malformed" };
      if (!kids.has(header.kid)) return { ok: false, reason: "forged" };
      const seconds = now / 1000;
      let payload: unknown;
      try {
        // Time is judged below, after everything else: an expired token must be known to be genuine.
        ({ payload } = await jwtVerify(token as string, keys, {
          algorithms: [TOKEN_ALG],
          typ: TOKEN_TYP,
          issuer,
          audience: TOKEN_AUDIENCE,
          requiredClaims: ["sub", "jti", "iat", "exp"],
          currentDate: new Date(0),
          clockTolerance: 0,
        }));
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
      // The schema copies field by field, so nothing unknown and no prototype gets through.
      const parsed = v.safeParse(Claims, payload);
      if (!parsed.success || parsed.output.iss !== issuer) return { ok: false, reason: "claims" };
      const claims = parsed.output;
      const life = claims.exp - claims.iat;
      if (life < 1 || life > MAX_TOKEN_LIFE_SECONDS[claims.use])
        return { ok: false, reason: "claims" };
      if (claims.use !== use) return { ok: false, reason: "wrong_use" };
      if (claims.iat > seconds + CLOCK_TOLERANCE_SECONDS) return { ok: false, reason: "future" };
      const end = Math.min(claims.exp + CLOCK_TOLERANCE_SECONDS, claims.sess_exp);
      if (seconds >= end) return { ok: false, reason: "expired", claims };
      return { ok: true, claims };
    },
  };
}

/** The header, if the token has the one canonical form; else null. */
function readHeader(token: unknown): v.InferOutput<typeof Header> | null {
  if (typeof token !== "string" || token.length > MAX_TOKEN_CHARACTERS) return null;
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return null;
  try {
    const header: unknown = JSON.parse(decode(parts[0] as string));
    // Names outside the list (crit, b64, jwk, jku, x5u …) change the meaning of a token.
    if (header === null || typeof header !== "object") return null;
    if (!Object.keys(header).every((name) => HEADER_NAMES.has(name))) return null;
    const parsed = v.safeParse(Header, header);
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** One value has one spelling: no padding, no other alphabet, no stray bits in the last character. */
function isCanonical(part: string): boolean {
  if (!PART.test(part) || part.length % 4 === 1) return false;
  const bits = (part.length % 4) * 2;
  if (bits === 0) return true;
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(
    part.at(-1) as string,
  );
  // Two characters hold one byte and four spare bits, three hold two bytes and two.
  return (last & (bits === 4 ? 0b1111 : 0b11)) === 0;
}

function decode(part: string): string {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (c) =>
    c.charCodeAt(0),
  );
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function reasonOf(error: unknown): Refusal {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case "ERR_JWS_SIGNATURE_VERIFICATION_FAILED":
    case "ERR_JWKS_NO_MATCHING_KEY":
    case "ERR_JOSE_ALG_NOT_ALLOWED":
      return "forged";
    case "ERR_JWT_CLAIM_VALIDATION_FAILED":
    case "ERR_JWT_EXPIRED":
      return "claims";
    case "ERR_JWS_INVALID":
    case "ERR_JWT_INVALID":
      return "malformed";
    default:
      return "unverifiable";
  }
}
