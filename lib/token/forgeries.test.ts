import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { createVerifier, type Verifier } from "./verify";

const ISSUER = "https://app.example.com";
const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1000;
const HEADER = { alg: "EdDSA", typ: "party+jwt", kid: "current" };
const CLAIMS = {
  ...{ iss: ISSUER, aud: "party", sub: "ada", sid: "session-1", room: "general" },
  ...{ role: "member", name: "Ada", jti: "abcdefgh", iat: SECONDS, exp: SECONDS + 60 },
  ...{ lease: 300, sess_exp: SECONDS + 86_400, use: "connect" },
};

let key: CryptoKey;
let jwk: JWK;
let verifier: Verifier;
beforeAll(async () => {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  key = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: "current", alg: "EdDSA", use: "sig" };
  verifier = createVerifier({ jwks: { keys: [jwk] }, issuer: ISSUER });
});
afterEach(() => vi.restoreAllMocks());

const encode = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const check = (token: unknown) => verifier.verify(token, { use: "connect", now: NOW });
const good = () => new SignJWT(CLAIMS).setProtectedHeader(HEADER).sign(key);
/** Signed with our key, whatever the header says: only the header can be the reason for a refusal. */
async function signAsIs(header: unknown, claims: unknown = CLAIMS): Promise<string> {
  const text = `${encode(header)}.${encode(claims)}`;
  const bytes = new TextEncoder().encode(text);
  return `${text}.${Buffer.from(await crypto.subtle.sign("Ed25519", key, bytes)).toString("base64url")}`;
}

/** What stands in tutorials, and in lists that guessers go through; blank ones too. */
const GUESSES = [
  ...["", "\0", " ", "secret", "Secret", "SECRET", "password", "changeme", "key", "private", "jwt"],
  ...["your-256-bit-secret", "your-384-bit-secret", "your-512-bit-secret", "your_jwt_secret"],
  ...["my-secret", "mysecretkey", "supersecret", "shhhhh", "keyboard cat", "default", "test"],
  ...["a-string-secret-at-least-256-bits-long", "AllYourBase", "secretkey", "token", "nextauth"],
  ...["NEXTAUTH_SECRET", "AUTH_SECRET", "development", "production", "guestlist", "party"],
  ...["0000000000000000000000000000000000000000000", "12345678901234567890123456789012"],
  "LlKq6ZtYbr+hTC073mAmAh9/h2HwMfsFo4hrfCx5mLg=",
];

it.each(["HS256", "HS384", "HS512", "EdDSA"])(
  "an HMAC under a blank, guessed or public key is refused where the header says %s",
  async (alg) => {
    const hash = alg === "EdDSA" ? "sha512" : alg.replace("HS", "sha");
    const published = [jwk.x as string, JSON.stringify(jwk), JSON.stringify({ keys: [jwk] })];
    const raw = Buffer.from(jwk.x as string, "base64url");
    const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
    const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`;
    for (const guess of [...GUESSES, ...published, raw, der, pem]) {
      const text = `${encode({ ...HEADER, alg })}.${encode(CLAIMS)}`;
      const mac = createHmac(hash, guess).update(text).digest("base64url");
      expect((await check(`${text}.${mac}`)).ok, String(guess)).toBe(false);
    }
  },
);

it("a signature of another kind than Ed25519's, or of none of its points, is refused", async () => {
  const text = `${encode(HEADER)}.${encode(CLAIMS)}`;
  const one = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]);
  const order = Buffer.from(
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
    "hex",
  );
  const signatures = [
    ...[0, 1, 32, 63, 64, 65, 96, 128].map((length) => Buffer.alloc(length)),
    ...[Buffer.alloc(64, 0xff), one, Buffer.concat([Buffer.alloc(32), order])],
    ...[Buffer.concat([Buffer.alloc(32, 0xff), Buffer.alloc(32)])],
  ];
  for (const alg of ["EdDSA", "Ed25519", "ES256", "RS256"]) {
    for (const signature of signatures) {
      const token = `${encode({ ...HEADER, alg })}.${encode(CLAIMS)}.${signature.toString("base64url")}`;
      expect((await check(token)).ok, `${alg} ${signature.toString("hex")}`).toBe(false);
    }
    expect((await check(`${text}.`)).ok).toBe(false);
  }
});

it("a good signature with the order of the curve added to it is another text, and refused", async () => {
  const [header, payload, signature] = (await good()).split(".") as [string, string, string];
  const bytes = Buffer.from(signature, "base64url");
  let carry = 0;
  const order = Buffer.from(
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
    "hex",
  );
  for (let i = 0; i < 32; i++) {
    const sum = (bytes[32 + i] as number) + (order[i] as number) + carry;
    bytes[32 + i] = sum & 0xff;
    carry = sum >> 8;
  }
  const malleable = `${header}.${payload}.${bytes.toString("base64url")}`;
  expect(await check(malleable)).toEqual({ ok: false, reason: "forged" });
});

it("every character of payload and signature counts: each of them turned into every other kind", async () => {
  const token = await good();
  const from = token.indexOf(".") + 1;
  for (let i = from; i < token.length; i++) {
    for (const other of ["A", "_", "0", "=", "+", " ", ".", "\0", "é"]) {
      if (token[i] === other) continue;
      const changed = token.slice(0, i) + other + token.slice(i + 1);
      expect((await check(changed)).ok, `${other} at ${i}`).toBe(false);
    }
  }
});

it("a key that a token brings or points to is never looked at, nor is anything fetched", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end(JSON.stringify({ keys: [stranger] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const stranger = { ...(await exportJWK(pair.publicKey)), kid: "theirs" };
  const fetched = vi.spyOn(globalThis, "fetch");
  for (const extra of [
    ...[{ jwk: stranger }, { jku: at }, { x5u: at }, { x5c: [encode("x")] }, { x5t: "x" }],
    ...[{ jku: at, kid: "theirs" }, { kid: at }, { kid: stranger }, { iss: at }],
    ...[{ jku: "http://169.254.169.254/latest" }, { x5u: "file:///etc/passwd" }],
  ]) {
    const header = { ...HEADER, ...extra };
    const theirs = await new SignJWT({ ...CLAIMS, ...extra })
      .setProtectedHeader(header as typeof HEADER)
      .sign(pair.privateKey);
    expect((await check(theirs)).ok, JSON.stringify(extra)).toBe(false);
  }
  expect(asked).toBe(0);
  expect(fetched).not.toHaveBeenCalled();
  server.close();
});

it("the other spellings of RFC 7515, of RFC 7516 and of lists are no token", async () => {
  const token = await good();
  const [header, payload, signature] = token.split(".") as [string, string, string];
  const flattened = { payload, protected: header, signature };
  for (const other of [
    ...[JSON.stringify(flattened), encode(flattened), { ...flattened }],
    ...[JSON.stringify({ payload, signatures: [{ protected: header, signature }] })],
    ...[[token], [token, token], { token }, `${token},${token}`, `Bearer ${token}`],
    ...[`${header}..${signature}`, `${header}.${payload}.${signature}.${signature}`],
    ...[`${token}.${token}`, `${header}.${payload}`, encode(token), new String(token)],
  ]) {
    expect((await check(other)).ok, JSON.stringify(other)).toBe(false);
  }
});

it("parts that are no JSON object, in any of the ways in which JSON can be wrong, are no token", async () => {
  for (const part of [
    ...["", "null", "true", "1", '"x"', "[]", "[{}]", "{", "}", "{,}", "{'a':1}", "{a:1}", "{}{}"],
    ...['{"alg":"EdDSA",}', "NaN", "\ufeff{}", "{}\0", "{} x", "/**/{}", '{"a":"\\x41"}'],
  ]) {
    for (const [header, claims] of [
      [part, JSON.stringify(CLAIMS)],
      [JSON.stringify(HEADER), part],
    ] as const) {
      expect((await check(await signAsIs(header, claims))).ok, part).toBe(false);
    }
  }
});

it.each(["verify", "importKey"] as const)(
  "where the signature cannot be checked at all, nobody is let in: %s fails",
  async (what) => {
    const token = await good();
    // Of its own: a key that was read before is remembered.
    const fresh = createVerifier({ jwks: { keys: [{ ...jwk }] }, issuer: ISSUER });
    vi.spyOn(crypto.subtle, what).mockRejectedValue(new Error("no engine: secret-detail"));
    const outcome = await fresh.verify(token, { use: "connect", now: NOW });
    expect(outcome).toEqual({
      ok: false,
      reason: expect.stringMatching(/^(forged|unverifiable)$/),
    });
    vi.restoreAllMocks();
    expect(await check(token)).toMatchObject({ ok: true });
  },
);
