import { randomBytes, randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";

export const ISSUER = "http://localhost:3000";
export const SECRET = randomBytes(32).toString("base64url");
export const { privateJwk, keySet } = makeTokenKeys();
const key = await importJWK(privateJwk, "EdDSA");

/** A party token as the app mints it. */
export function partyToken(sub, { use = "connect", room = "bench", lease = 3_600 } = {}) {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({
    ...{ sid: `session-${sub}`, room, role: "member", name: sub, lease, use },
    sess_exp: now + 86_400,
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: privateJwk.kid })
    .setIssuer(ISSUER)
    .setAudience("party")
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 120)
    .sign(key);
}

/** A token as the peers' own documentation signs it. */
export const sharedSecretToken = (sub) =>
  new SignJWT({ sub })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(SECRET));
