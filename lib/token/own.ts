import { jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import * as v from "valibot";
import {
  Claims,
  CLOCK_TOLERANCE_SECONDS,
  MAX_TOKEN_LIFE_SECONDS,
  TOKEN_ALG,
  TOKEN_AUDIENCE,
  TOKEN_TYP,
} from "./claims";
import { readHeader } from "./form";
import { keySource } from "./key-source";
import { reasonOf, type Verifier } from "./verdict";

const HEADER_NAMES = new Set(["alg", "typ", "kid"]);

const Header = v.object({
  alg: v.literal(TOKEN_ALG),
  typ: v.literal(TOKEN_TYP),
  kid: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
});

/**
 * Checks party tokens (docs/PROTOCOL.md; RFC 7519, RFC 8725, RFC 8037) in Node and workerd alike.
 * @param jwks public Ed25519 keys with `kid`, the current and the previous one (RFC 7517), or the
 *   address where the app publishes them
 * @param issuer the app's origin, compared as it is
 */
export function createOwnVerifier({
  jwks,
  issuer,
}: {
  jwks: JSONWebKeySet | URL;
  issuer: string;
}): Verifier {
  return ownVerifier(keySource(jwks), issuer);
}

/** The same, over keys that serve several issuers. */
export function ownVerifier(keys: JWTVerifyGetKey, issuer: string): Verifier {
  return {
    async verify(token, { use, now }) {
      if (!ownHeader(token)) return { ok: false, reason: "malformed" };
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
      if (claims.iat > seconds + CLOCK_TOLERANCE_SECONDS) {
        return { ok: false, reason: "future", claims };
      }
      const end = Math.min(claims.exp + CLOCK_TOLERANCE_SECONDS, claims.sess_exp);
      if (seconds >= end) return { ok: false, reason: "expired", claims };
      return { ok: true, claims };
    },
  };
}

/** The header, if it is one of ours; else null. */
function ownHeader(token: unknown): v.InferOutput<typeof Header> | null {
  const header = readHeader(token);
  // Names outside the list (crit, b64, jwk, jku, x5u …) change the meaning of a token.
  if (!header || !Object.keys(header).every((name) => HEADER_NAMES.has(name))) return null;
  const parsed = v.safeParse(Header, header);
  return parsed.success ? parsed.output : null;
}
