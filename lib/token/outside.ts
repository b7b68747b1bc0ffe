import { errors, jwtVerify, type JWTPayload } from "jose";
import * as v from "valibot";
import type { TrustedIssuer } from "../env/issuers";
import { Id, PersonName, Picture, Role } from "../protocol/values";
import { CLOCK_TOLERANCE_SECONDS, NumericDate, TOKEN_AUDIENCE, type Presented } from "./claims";
import { readHeader } from "./form";
import { keySource } from "./key-source";
import { reasonOf, type Expected, type Refusal, type Verified, type Verifier } from "./verdict";

/** Header names that bring keys along, or change what the rest means. Others may stand there. */
const MEANINGFUL = ["crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "cty"];
const DEFAULT_NAME = "Guest";

const Times = v.object({
  iat: NumericDate,
  exp: NumericDate,
  nbf: v.optional(NumericDate),
  jti: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
});

/**
 * Checks tokens of an issuer that is trusted beside the app, as strictly as our own: algorithm, type,
 * key by `kid` from its published set, issuer, audience, times, and every claim that is read. Its
 * tokens authorise until their own end at the most, and never over HTTP.
 */
export function createOutsideVerifier(trusted: TrustedIssuer): Verifier {
  const keys = keySource(trusted.jwks);
  return {
    async verify(token, expected) {
      if (expected.use === "server") return { ok: false, reason: "wrong_use" };
      if (!hasFitHeader(token, trusted)) return { ok: false, reason: "malformed" };
      const genuine = await open(token as string, expected.now);
      if ("reason" in genuine) return { ok: false, reason: genuine.reason };
      return judge(genuine.payload, trusted, expected);
    },
  };

  async function open(
    token: string,
    now: number,
  ): Promise<{ payload: JWTPayload } | { reason: Refusal }> {
    try {
      return await jwtVerify(token, keys, {
        algorithms: trusted.algorithms,
        ...(trusted.type !== null && { typ: trusted.type }),
        issuer: trusted.issuer,
        audience: trusted.audience,
        requiredClaims: ["iat", "exp"],
        currentDate: new Date(now),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
    } catch (error) {
      // The last things that are looked at, so such a token is genuine; what to say is decided later.
      if (error instanceof errors.JWTExpired || isEarly(error)) return { payload: error.payload };
      return { reason: reasonOf(error) };
    }
  }
}

const isEarly = (error: unknown): error is errors.JWTClaimValidationFailed =>
  error instanceof errors.JWTClaimValidationFailed &&
  error.claim === "nbf" &&
  error.reason === "check_failed";

function hasFitHeader(token: unknown, { algorithms, type }: TrustedIssuer): boolean {
  const header = readHeader(token);
  if (!header || MEANINGFUL.some((name) => Object.hasOwn(header, name))) return false;
  if (type === null && header.typ !== undefined) return false;
  const { alg, kid } = header;
  if (typeof kid !== "string" || kid.length < 1 || kid.length > 128) return false;
  return typeof alg === "string" && algorithms.includes(alg);
}

async function judge(
  payload: JWTPayload,
  trusted: TrustedIssuer,
  { now, room = "" }: Expected,
): Promise<Verified> {
  const wrong: Verified = { ok: false, reason: "claims" };
  const times = v.safeParse(Times, payload);
  const person = personOf(payload, trusted);
  if (!times.success || !person) return wrong;
  const { iat, nbf = iat, exp, jti } = times.output;
  if (exp - iat < 1 || exp - iat > trusted.maxLifeSeconds) return wrong;
  const seconds = now / 1000;
  const claims: Presented = {
    iss: trusted.issuer,
    aud: TOKEN_AUDIENCE,
    ...person,
    // No room has the empty name: it is refused as one for another room.
    room: isAllowed(room, payload, trusted) ? room : "",
    jti: jti === undefined ? null : await ownName(trusted.name, jti),
    ...{ iat, exp, lease: trusted.leaseSeconds, sess_exp: exp, use: "connect" },
  };
  if (Math.max(iat, nbf) > seconds + CLOCK_TOLERANCE_SECONDS) {
    return { ok: false, reason: "future", claims };
  }
  return seconds >= exp ? { ok: false, reason: "expired", claims } : { ok: true, claims };
}

/** Who it is, with ids that begin with the issuer's name; null where a claim is not as configured. */
function personOf(payload: JWTPayload, { name: prefix, claims, role: fallback }: TrustedIssuer) {
  const claim = (name: string): unknown =>
    Object.hasOwn(payload, name) ? payload[name] : undefined;
  const idOf = (value: unknown) =>
    typeof value === "string" && value !== "" ? v.safeParse(Id, `${prefix}:${value}`) : null;
  const sub = idOf(claim(claims.sub));
  const sid = claims.sid === undefined ? sub : idOf(claim(claims.sid));
  const name = v.safeParse(PersonName, claim(claims.name) ?? DEFAULT_NAME);
  const role = v.safeParse(Role, claims.role === undefined ? fallback : claim(claims.role));
  const picture = v.safeParse(Picture, claim(claims.picture));
  if (!sub?.success || !sid?.success || !name.success || !role.success) return null;
  return {
    sub: sub.output,
    sid: sid.output,
    name: name.output,
    role: role.output,
    ...(picture.success && { picture: picture.output }),
  };
}

function isAllowed(room: string, payload: JWTPayload, { rooms, claims }: TrustedIssuer): boolean {
  if (claims.room !== undefined) {
    if (!Object.hasOwn(payload, claims.room) || payload[claims.room] !== room) return false;
  }
  if (!rooms) return claims.room !== undefined;
  return rooms.some((rule) =>
    rule.endsWith("*") ? room.startsWith(rule.slice(0, -1)) : room === rule,
  );
}

/** Any text as an id of one length that no other issuer's can be. */
async function ownName(prefix: string, text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `${prefix}:${base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}
