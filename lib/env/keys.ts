import { createPrivateKey, createPublicKey } from "node:crypto";
import { ConfigurationProblem } from "./problem";
import { isOpenKey } from "./public-keys";

/** An Ed25519 public key as published (RFC 8037), with the fields that verifiers look for. */
export interface PublicJwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid: string;
  alg: "EdDSA";
  use: "sig";
}
export interface PrivateJwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  d: string;
  kid: string;
}

const PRIVATE = "PARTY_TOKEN_PRIVATE_JWK";
const KEY_SET = "PARTY_TOKEN_JWKS";
const REMEDY = "Make a pair: delete the line and run `npm start`, or node scripts/setup.mjs.";
const BASE64URL_32_BYTES = /^[A-Za-z0-9_-]{43}$/;
const KID = /^[A-Za-z0-9_.-]{1,64}$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(variable: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationProblem(variable, "is not JSON.", REMEDY);
  }
}

function isEd25519(jwk: unknown): jwk is Record<string, unknown> & { x: string; kid: string } {
  return (
    isRecord(jwk) &&
    jwk.kty === "OKP" &&
    jwk.crv === "Ed25519" &&
    typeof jwk.x === "string" &&
    BASE64URL_32_BYTES.test(jwk.x) &&
    typeof jwk.kid === "string" &&
    KID.test(jwk.kid)
  );
}

/** The key that signs party tokens; both halves must belong together. */
export function parsePrivateJwk(text: string | undefined): PrivateJwk {
  if (!text) throw new ConfigurationProblem(PRIVATE, "is missing.", REMEDY);
  const jwk = parse(PRIVATE, text);
  if (!isEd25519(jwk) || typeof jwk.d !== "string" || !BASE64URL_32_BYTES.test(jwk.d)) {
    throw new ConfigurationProblem(PRIVATE, "is not an Ed25519 private JWK with a kid.", REMEDY);
  }
  const own: PrivateJwk = { kty: "OKP", crv: "Ed25519", x: jwk.x, d: jwk.d, kid: jwk.kid };
  // Node takes x from the JWK without checking it against d; a mismatch would sign unverifiably.
  const derived = createPublicKey(
    createPrivateKey({ key: { ...own }, format: "jwk" }).export({ type: "pkcs8", format: "pem" }),
  ).export({ format: "jwk" });
  if (derived.x !== own.x) {
    throw new ConfigurationProblem(PRIVATE, "has halves that do not belong together.", REMEDY);
  }
  if (isOpenKey(own.x)) {
    throw new ConfigurationProblem(PRIVATE, "is a published example, not a secret.", REMEDY);
  }
  return own;
}

const publicHalf = ({ x, kid }: { x: string; kid: string }): PublicJwk => ({
  kty: "OKP",
  crv: "Ed25519",
  x,
  kid,
  alg: "EdDSA",
  use: "sig",
});

/**
 * The key set to publish: the signing key first, then those of `PARTY_TOKEN_JWKS` (previous or next
 * ones), public halves only. A set that is given but lacks the signing key belongs to another
 * installation: the party would refuse every token, so it is refused here, by name.
 */
export function parseKeySet(own: PrivateJwk, text: string | undefined): PublicJwk[] {
  const keys = [publicHalf(own)];
  if (!text) return keys;
  const set = parse(KEY_SET, text);
  if (!isRecord(set) || !Array.isArray(set.keys) || !set.keys.every(isEd25519)) {
    throw new ConfigurationProblem(KEY_SET, "is not a set of Ed25519 JWKs with a kid.", REMEDY);
  }
  if (set.keys.some((key) => "d" in key)) {
    throw new ConfigurationProblem(KEY_SET, "holds a private key; it is the public set.", REMEDY);
  }
  if (set.keys.some((key) => isOpenKey(key.x))) {
    throw new ConfigurationProblem(KEY_SET, "holds a key that anybody can sign with.", REMEDY);
  }
  const found = set.keys.find((key) => key.kid === own.kid);
  if (!found || found.x !== own.x) {
    throw new ConfigurationProblem(
      KEY_SET,
      "does not hold the public half of PARTY_TOKEN_PRIVATE_JWK.",
      "Take both from the same set-up, or delete both lines and run `npm start`.",
    );
  }
  for (const key of set.keys) if (key.kid !== own.kid) keys.push(publicHalf(key));
  return keys;
}
