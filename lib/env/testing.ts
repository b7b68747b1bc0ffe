import { generateKeyPairSync, randomBytes } from "node:crypto";

/** A complete, valid environment of the app with keys of its own, for tests. */
export function validEnvironment(changes: Record<string, string | undefined> = {}) {
  const { x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const values: Record<string, string | undefined> = {
    NODE_ENV: "test",
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    DATABASE_URL: "file:/nowhere/app.db",
    PARTY_HOST: "127.0.0.1:1999",
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify({ kty: "OKP", crv: "Ed25519", x, d, kid: "key-1" }),
    ...changes,
  };
  return values;
}
