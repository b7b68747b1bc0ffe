import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** 256 random bits for NextAuth. */
export const makeSecret = () => base64url(randomBytes(32));

/** RFC 7638 thumbprint of an Ed25519 key (RFC 8037): the `kid`. */
const thumbprint = ({ crv, kty, x }) =>
  base64url(createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest());

/** A fresh Ed25519 signing key and the public key set that verifies it. */
export function makeTokenKeys() {
  const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const privateJwk = { ...jwk, kid: thumbprint(jwk), alg: "EdDSA", use: "sig" };
  return { privateJwk, keySet: publicKeySet([privateJwk]) };
}

/**
 * The pair after a rotation: a new key signs, and the set holds it and the one that signed so far.
 * @param {{privateJwk: object, keySet: {keys: object[]}}} before
 */
export function rotated({ privateJwk }) {
  const next = makeTokenKeys();
  return { ...next, keySet: publicKeySet([next.privateJwk, privateJwk]) };
}

/** The pair without the previous key. */
export const retired = ({ privateJwk }) => ({ privateJwk, keySet: publicKeySet([privateJwk]) });

/** The public halves of some keys as a JWK set (RFC 7517). */
export function publicKeySet(keys) {
  return {
    keys: keys.map(({ crv, kty, x, kid }) => ({ kty, crv, x, kid, alg: "EdDSA", use: "sig" })),
  };
}
